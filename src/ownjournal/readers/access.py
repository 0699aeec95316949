"""Who asks: pages for readers alone."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest

from ownjournal.readers.models import Reader

# A visitor is shown how to sign in; where to go on to is not carried along, so
# that no address from outside ever decides it.
signed_in = login_required(login_url="readers:sign-in", redirect_field_name=None)


def reader_of(request: HttpRequest) -> Reader:
    """The reader who is signed in, in a view that `signed_in` guards."""
    if not isinstance(request.user, Reader):
        raise TypeError("the view lets visitors in")
    return request.user
