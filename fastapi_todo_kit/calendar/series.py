"""A series: a rule on its way, from a first slot to the present one and on to the next, in the zone of its value."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Final, Literal, Self
from zoneinfo import ZoneInfo

from fastapi_todo_kit.calendar.days import Skip
from fastapi_todo_kit.calendar.rule import SHORT, Rule, RuleError
from fastapi_todo_kit.calendar.slots import MOST_STEPS, Allowance, OutOfSteps, slots_after
from fastapi_todo_kit.calendar.times import resolved

Mode = Literal["schedule", "completion"]
"""Whether the next slot is counted from the slots before it, or from the day on which one was completed."""
CatchUp = Literal["next_future", "next_slot"]
"""Whether slots that have passed already are left out, or come one after another."""
_DAY: Final = timedelta(days=1)
_STEPS_PER_EXDATE: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """A rule, and what RFC 5545 leaves to the application. `exdates` are wall clocks of slots that are left out."""

    rule: Rule
    mode: Mode = "schedule"
    skip: Skip = "backward"
    catch_up: CatchUp = "next_future"
    exdates: frozenset[datetime] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Where a recurrence is. Slots are wall clocks, without a zone; whole days are their midnight.

    `start` is the slot that anchors the rule: the first one, or, in the mode "completion", when the last one was
    completed. `zone` is that of the value, None where it has none. What COUNT leaves is `last`, the slot that it ends
    with, or in the mode "completion" `left`, how many slots may still follow.
    """

    recurrence: Recurrence
    start: datetime
    slot: datetime
    zone: ZoneInfo | None = None
    is_all_day: bool = False
    last: datetime | None = None
    left: int | None = None

    @classmethod
    def beginning(
        cls, recurrence: Recurrence, first: datetime, zone: ZoneInfo | None = None, *, is_all_day: bool
    ) -> Self:
        """Return the series whose first slot is given: it counts, whether the rule names it or not.

        Raises:
            RuleError: the rule wants times of day where the slots are whole days, or never names another slot.
        """
        rule = recurrence.rule
        if is_all_day and (rule.freq in SHORT or rule.by_hour or rule.by_minute or rule.by_second):
            raise RuleError("A rule of whole days takes neither times of day nor FREQ=HOURLY or MINUTELY.")
        series = cls(recurrence=recurrence, start=first, slot=first, zone=zone, is_all_day=is_all_day)
        if rule.count is not None:
            return series._counting(rule.count)
        if rule.until is None and not series._names_another:
            raise RuleError("The rule names no further day within reach.")
        return series

    @property
    def _names_another(self) -> bool:
        with suppress(OutOfSteps):
            return next(self._coming(self.slot, self._allowance), None) is not None
        return False

    def _counting(self, count: int) -> Self:
        if self.recurrence.mode == "completion":
            return replace(self, left=count - 1)
        every_slot = replace(self, recurrence=replace(self.recurrence, exdates=frozenset()))
        try:
            *_, last = (self.start, *islice(every_slot._coming(self.start, Allowance()), count - 1))
        except OutOfSteps:
            raise RuleError("The slots of COUNT are too far apart to be counted; use UNTIL.") from None
        return replace(self, last=last)

    def following(self, now: datetime, viewer: ZoneInfo, allowance: Allowance | None = None) -> Self | None:
        """Return the series at the slot that follows when this one is done with at a moment; None where none does.

        Args:
            now: when.
            viewer: the zone of whoever does it, for values that have none.
            allowance: how many steps may be taken for this slot and others; by default, for this one.
        """
        if self.left == 0:
            return None
        here = self if self.recurrence.mode == "schedule" else self._reanchored(now, viewer)
        steps = allowance or self._allowance
        with suppress(OutOfSteps):
            for slot in here._coming(here._before(now, viewer), steps):
                if self.recurrence.catch_up == "next_slot" or not here._has_passed(slot, now, viewer):
                    return None if here._is_over(slot) else replace(here, slot=slot, left=self.left and self.left - 1)
        return None

    @property
    def _allowance(self) -> Allowance:
        """How many steps the next slot may take; each one that is left out takes some of its own."""
        recurrence = self.recurrence
        return Allowance(MOST_STEPS[recurrence.rule.freq] + _STEPS_PER_EXDATE * len(recurrence.exdates))

    def upcoming(self, now: datetime, viewer: ZoneInfo) -> Iterator[datetime]:
        """Yield the slots that follow if this one is done with now, and then each one at its time.

        They end early where they are so far apart that to look for all of them would take too many steps.
        """
        allowance = Allowance()
        series = self.following(now, viewer, allowance)
        while series is not None:
            yield series.slot
            series = series.following(max(now, series.moment(viewer)), viewer, allowance)

    def moment(self, viewer: ZoneInfo) -> datetime:
        """Return the moment of the present slot."""
        return resolved(self.slot, self.zone or viewer)

    def _reanchored(self, now: datetime, viewer: ZoneInfo) -> Self:
        """Return the series as it would be if a slot had been on the day of completion; of hours, at its minute."""
        wall = now.astimezone(self.zone or viewer).replace(tzinfo=None, second=0, microsecond=0)
        is_short = self.recurrence.rule.freq in SHORT
        return replace(self, start=wall if is_short else datetime.combine(wall.date(), self.slot.time()))

    def _before(self, now: datetime, viewer: ZoneInfo) -> datetime:
        """Return the wall clock behind which to look: that of the present slot, or of now, whichever is later."""
        earliest = max(self.start, self.slot)
        if self.recurrence.catch_up == "next_slot":
            return earliest
        zone = self.zone or viewer
        wall = now.astimezone(zone).replace(tzinfo=None)
        if self.is_all_day:
            return max(earliest, datetime.combine(wall.date(), time()))
        # Where the clocks went forward today, slots that they left out have moved on behind the present time.
        gap = wall - (now - _DAY).astimezone(zone).replace(tzinfo=None) - _DAY
        return max(earliest, wall - max(gap, timedelta()))

    def _coming(self, after: datetime, allowance: Allowance) -> Iterator[datetime]:
        """Yield the slots behind one, without those that are left out, each at a moment of its own."""
        rule, skip = self.recurrence.rule, self.recurrence.skip
        last = self._moment(after) if after == self.slot else None
        # Every three weeks, counted from completion: what is left of the week of completion is not the first of them.
        # Every week, it is.
        is_done = self.recurrence.mode == "completion" and rule.interval > 1
        slots = slots_after(rule, self.start, after, skip, allowance=allowance, is_done_with_first=is_done)
        for slot in slots:
            moment = self._moment(slot)
            if (last is None or moment > last) and slot not in self.recurrence.exdates:
                last = moment
                yield slot

    def _moment(self, slot: datetime) -> datetime:
        return resolved(slot, self.zone or UTC)

    def _has_passed(self, slot: datetime, now: datetime, viewer: ZoneInfo) -> bool:
        if self.is_all_day:
            return slot.date() <= now.astimezone(self.zone or viewer).date()
        return resolved(slot, self.zone or viewer) <= now

    def _is_over(self, slot: datetime) -> bool:
        """Say whether a slot lies behind the last one."""
        if self.last is not None and slot > self.last:
            return True
        match self.recurrence.rule.until:
            case None:
                return False
            case datetime(tzinfo=None) as until:
                return slot > until
            case datetime() as until:
                return self._moment(slot) > until
            case date() as until:
                return slot.date() > until
