from datetime import UTC, datetime, timedelta

from made.together import together
from ownjournal.readers import signin
from ownjournal.readers.models import Reader, SignInLink

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def token_of(path: str) -> str:
    return path.rsplit("/", 1)[1]


def test_a_link_signs_its_reader_in_once(alice: Reader) -> None:
    token = token_of(signin.make_link(alice, NOW))

    assert signin.use(token, NOW) == alice
    assert signin.use(token, NOW) is None


def test_looking_at_a_link_does_not_use_it(alice: Reader) -> None:
    token = token_of(signin.make_link(alice, NOW))

    assert [signin.is_open(token, NOW) for _ in range(5)] == [True] * 5
    assert signin.use(token, NOW) == alice
    assert not signin.is_open(token, NOW)


def test_a_link_lives_ten_minutes(alice: Reader) -> None:
    token = token_of(signin.make_link(alice, NOW))

    late = NOW + timedelta(minutes=10)
    assert not signin.is_open(token, late)
    assert signin.use(token, late) is None
    assert signin.use(token, late - timedelta(seconds=1)) == alice


def test_a_link_made_by_a_clock_that_was_ahead_does_not_last(alice: Reader) -> None:
    token = token_of(signin.make_link(alice, NOW + timedelta(days=365)))

    assert not signin.is_open(token, NOW)
    assert signin.use(token, NOW) is None


def test_a_changed_token_and_a_closed_account_sign_nobody_in(alice: Reader) -> None:
    token = token_of(signin.make_link(alice, NOW))
    assert signin.use(token[:-1], NOW) is None

    Reader.objects.filter(pk=alice.pk).update(is_active=False)

    assert signin.use(token, NOW) is None


def test_the_database_does_not_hold_the_token(alice: Reader) -> None:
    token = token_of(signin.make_link(alice, NOW))

    assert len(token) == 22  # 128 bits in base64
    assert token not in str(SignInLink.objects.values().get())


def test_old_links_are_cleared_away(alice: Reader) -> None:
    signin.make_link(alice, NOW)
    signin.make_link(alice, NOW + timedelta(days=2))

    assert SignInLink.objects.count() == 1


def test_of_two_at_once_one_comes_in(transactional_db: None) -> None:
    alice = Reader.objects.create_reader("alice@merrow.test")
    token = token_of(signin.make_link(alice, NOW))
    came_in = together(lambda: signin.use(token, NOW))

    assert sorted(came_in, key=str) == [None, alice]
