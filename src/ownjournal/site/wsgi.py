"""The site as a WSGI application, for granian or any other server."""

import logging
import os

from django.core.wsgi import get_wsgi_application

from ownjournal.catalogue import replica
from ownjournal.site import short_addresses
from ownjournal.site.shedding import Gate

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
ungated = get_wsgi_application()
application = Gate(ungated)
replica.serve()
for word in short_addresses.taken():
    logging.getLogger(__name__).warning(
        "SHORT_ADDRESSES: /%s is a page of the site already and leads there.", word
    )
