"""Two people on one form: whoever sends second is told, and sees both."""

from __future__ import annotations

from citytandem.web.balances.models import BalanceSet


class ChangedMeanwhile(Exception):
    """The set was changed since the form was made; ``now`` is how it stands."""

    def __init__(self, now: BalanceSet) -> None:
        super().__init__(now.pk)
        self.now = now


class NotAllowedNow(Exception):
    """The set's state does not allow this; ``reason`` is the key of a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def lock(balance_set: BalanceSet, *, version: int) -> BalanceSet:
    """The set as it stands now, held until the end of the transaction.

    Raises
    ------
    ChangedMeanwhile
        It is not at ``version`` any more.
    NotAllowedNow
        It was published: what people have seen is not changed, only replaced.
    """
    own = BalanceSet.objects.select_for_update(of=("self",)).select_related("organisation", "changed_by").get(pk=balance_set.pk)
    if own.version != version:
        raise ChangedMeanwhile(own)
    if own.published is not None:
        raise NotAllowedNow("web.balances.refused.published")
    return own
