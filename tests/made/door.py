"""Coming in as a reader does: by the code in a mail."""

from datetime import timedelta

from django.test import Client

from ownjournal.readers.accounts import codes
from ownjournal.readers.accounts.models import MailedCode
from ownjournal.readers.post import letters
from ownjournal.readers.post.letters import Mail
from ownjournal.readers.post.models import Letter


def code_for(address: str) -> MailedCode:
    """The newest code that was asked for with this address."""
    return MailedCode.objects.filter(address=address).latest("asked_at")


def mail_to(address: str) -> Mail:
    """What the newest letter to an address would bring if it left now."""
    letter = Letter.objects.filter(address=address).latest("pk")
    mail = letters.make(letter)
    assert mail is not None
    return mail


def link_in(mail: Mail) -> str:
    """The path of the address in a mail that lets somebody in."""
    [line] = [each for each in mail.text.splitlines() if "/sign-in/mail/" in each]
    return "/sign-in/mail/" + line.rsplit("/", 1)[1]


def ask(client: Client, address: str, path: str = "/sign-up"):
    """The first step, answered by the page where the code is typed."""
    answer = client.post(path, {"email": address})
    assert answer.status_code == 302, answer.content
    assert answer["Location"] == "/sign-in/code"
    return answer


def come_in(client: Client, address: str, path: str = "/sign-up"):
    """Both steps."""
    ask(client, address, path)
    digits = codes.digits(code_for(address))
    return client.post("/sign-in/code", {"code": digits})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def later(minutes: float) -> None:
    """As if the codes had been asked for that long ago."""
    for row in MailedCode.objects.all():
        row.expires_at -= timedelta(minutes=minutes)
        row.save()
