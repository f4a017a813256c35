"""The tables beside the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utfall._table import Table

if TYPE_CHECKING:
    from utfall import _native


class Companions:
    """The tables of an evaluation that say more than one figure for each indicator and group.

    Each has the columns ``register``, ``by`` (list of the crossed columns) and a column of codes
    for each crossed column, as :attr:`Evaluation.figures <utfall.Evaluation.figures>` has. Where
    nothing could be counted, counts are null. A project that declares nothing of the kind has the
    table without rows.
    """

    _native: _native.Evaluation

    @property
    def comparisons(self) -> Table:
        """How far groups lie apart: a row for each ``share`` and ``change`` indicator and table.

        Groups of which fewer than five are observed are not compared, and who is of unknown group
        is not. Columns ``by``, ``compared``, ``left_out`` (groups), ``lowest``, ``highest`` (codes
        of the groups with the lowest and the highest share, with ``_successes`` and
        ``_observed``), ``difference`` (the highest share less the lowest, with Newcombe's
        interval ``difference_low``, ``difference_high``), ``ratio`` (the lowest of the highest,
        with Koopman's interval), ``odds_ratio`` (the same of odds, with Woolf's), ``below_four_fifths`` (decided on whole numbers), ``overall``,
        ``difference_to_overall``, ``ratio_to_overall`` (of the group that is furthest from
        everybody), ``p_value`` (the smallest of Fisher's tests of all pairs, adjusted for their
        number by Holm; null beyond 20 groups), ``p_adjusted`` (for all tables of the indicator).
        A difference is no effect: nobody drew lots for the groups.

        Examples
        --------
        >>> import pyarrow as pa
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Work"
        ... [registers.participants]
        ... unit = "person"
        ... by = ["gender"]
        ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
        ... columns.work = { header = "Arbete", type = "flag" }
        ... [indicators]
        ... work = { kind = "share", register = "participants", having = { work = true } }
        ... ''')
        >>> genders = ["woman"] * 10 + ["man"] * 5
        >>> work = [True] * 4 + [False] * 6 + [True] * 3 + [False] * 2
        >>> participants = pa.table({"Kön": genders, "Arbete": work})
        >>> evaluation = project.evaluate({"participants": participants}, as_of="2022-06-30")
        >>> for row in evaluation.comparisons:
        ...     row["lowest"], row["highest"], round(row["difference"], 3)
        ...     round(row["ratio"], 3), row["below_four_fifths"], round(row["p_value"], 3)
        (['woman'], ['man'], 0.2)
        (0.667, True, 0.608)
        """
        return Table(self._native.comparisons())

    @property
    def steps(self) -> Table:
        """How units have moved: a row for each ``change`` indicator, table, group and item.

        Several items together have a row of their own, whose ``item`` is null. Columns ``item``
        (``from>to``), ``population`` (``of`` is true, not excluded), ``measured``,
        ``not_measurable``, ``up``, ``same``, ``down`` (a movement of ``at_least`` or more, less,
        or as much back), ``at_ceiling`` (of the measured, at the best level before; null for
        numbers), ``up_share``, ``down_share``, ``net_share`` (up less down, of the measured),
        ``up_low``, ``up_high`` (Wilson interval), ``up_share_of_movable`` (up, of the measured
        not at the ceiling).

        Examples
        --------
        >>> import pyarrow as pa
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Steps"
        ... [registers.participants]
        ... unit = "person"
        ... columns.start = { header = "Start", type = "ordinal", levels = ["1", "2", "3"] }
        ... columns.end = { header = "Slut", type = "ordinal", levels = ["1", "2", "3"] }
        ... [indicators.progress]
        ... kind = "change"
        ... register = "participants"
        ... items = [{ from = "start", to = "end" }]
        ... ''')
        >>> participants = pa.table({"Start": [1, 1, 2, 3, 2], "Slut": [2, 1, 1, 3, None]})
        >>> evaluation = project.evaluate({"participants": participants}, as_of="2022-06-30")
        >>> for row in evaluation.steps:
        ...     row["item"], row["measured"], row["up"], row["same"], row["down"]
        ...     row["at_ceiling"], row["up_share"], row["up_share_of_movable"], row["net_share"]
        ('start>end', 4, 1, 2, 1)
        (1, 0.25, 0.3333333333333333, 0.0)
        """
        return Table(self._native.steps())

    @property
    def transitions(self) -> Table:
        """Levels before and after: a row for each ``change`` indicator, table, group, item and pair.

        Items of numbers have none. Columns ``item``, ``before``, ``after`` (codes, ``(unknown)``
        last), ``units``. Every pair of levels has its row, zeros too; those of an item add up to
        the ``population`` of :attr:`steps`.

        Examples
        --------
        >>> import pyarrow as pa
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Steps"
        ... [registers.participants]
        ... unit = "person"
        ... columns.start = { header = "Start", type = "ordinal", levels = ["1", "2"] }
        ... columns.end = { header = "Slut", type = "ordinal", levels = ["1", "2"] }
        ... [indicators.progress]
        ... kind = "change"
        ... register = "participants"
        ... items = [{ from = "start", to = "end" }]
        ... ''')
        >>> participants = pa.table({"Start": [1, 1, 2], "Slut": [2, 1, None]})
        >>> evaluation = project.evaluate({"participants": participants}, as_of="2022-06-30")
        >>> for row in evaluation.transitions:
        ...     if row["units"] > 0:
        ...         row["before"], row["after"], row["units"]
        ('1', '1', 1)
        ('1', '2', 1)
        ('2', '(unknown)', 1)
        """
        return Table(self._native.transitions())

    @property
    def incidence(self) -> Table:
        """Time to events: a row for each ``incidence`` indicator, table, group, horizon and event.

        A null ``event`` is any event: at the first horizon that is the indicator's figure. Columns
        ``months`` or ``days`` (the horizon, the other null), ``event``, ``started`` (units whose
        time has begun), ``events`` (units with it by the horizon; one on the day itself counts),
        ``censored`` (units without any event that are not followed so long), ``value`` (the share
        by Aalen and Johansen, null where nobody is followed to the horizon), ``low``, ``high``
        (its interval), ``median_days`` (of any event, the days by which half have had one).

        Examples
        --------
        >>> import datetime as dt
        >>> import pyarrow as pa
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Time"
        ... [registers.participants]
        ... unit = "person"
        ... columns.enrolled = { header = "In", type = "date" }
        ... columns.job = { header = "Jobb", type = "date" }
        ... [indicators.time_to_work]
        ... kind = "incidence"
        ... register = "participants"
        ... after = "enrolled"
        ... events = { work = "job" }
        ... horizons = [{ days = 91 }]
        ... ''')
        >>> day = dt.date
        >>> participants = pa.table(
        ...     {
        ...         "In": [day(2022, 1, 1), day(2022, 1, 1), day(2022, 6, 1)],
        ...         "Jobb": [day(2022, 1, 31), None, None],
        ...     }
        ... )
        >>> evaluation = project.evaluate({"participants": participants}, as_of="2022-06-30")
        >>> for row in evaluation.incidence:
        ...     row["event"], row["started"], row["events"], row["censored"], row["value"]
        ('work', 3, 1, 1, 0.5)
        (None, 3, 1, 1, 0.5)
        """
        return Table(self._native.incidence())

    @property
    def distributions(self) -> Table:
        """How the numbers behind a mean lie: a row for each ``mean`` indicator, table and group.

        Columns ``observed`` (units with a number), ``mean``, ``standard_deviation`` (as a
        sample's, null of fewer than two), ``smallest``, ``lower_quartile``, ``median``,
        ``upper_quartile``, ``largest`` (null where the column declares no ``decimals``).

        Examples
        --------
        >>> import pyarrow as pa
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Hours"
        ... [registers.participants]
        ... unit = "person"
        ... columns.hours = { header = "Timmar", type = "number", decimals = 1 }
        ... [indicators]
        ... hours = { kind = "mean", register = "participants", column = "hours" }
        ... ''')
        >>> participants = pa.table({"Timmar": [12.5, 7.5, 10.0, None]})
        >>> evaluation = project.evaluate({"participants": participants}, as_of="2022-06-30")
        >>> for row in evaluation.distributions:
        ...     row["observed"], row["mean"], row["standard_deviation"], row["median"]
        (3, 10.0, 2.5, 10.0)
        """
        return Table(self._native.distributions())

    @property
    def coverage(self) -> Table:
        """Every month and part that a ``coverage`` indicator expects, and what came of it.

        Of everybody only. Columns ``month`` (its first day), ``part`` (the codes of the columns
        of ``of_each``), ``state``: ``covered`` (a row meets the condition), ``not_covered``,
        ``unknown`` (only rows of which it is not known), ``not_due`` (the month has not ended),
        ``not_expected`` (the part was not active).

        Examples
        --------
        >>> import datetime as dt
        >>> import pyarrow as pa
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Reports"
        ... first_day = 2022-01-01
        ... last_day = 2022-02-28
        ... [registers.reports]
        ... unit = "report"
        ... columns.month = { header = "Månad", type = "date" }
        ... [indicators.reports]
        ... kind = "coverage"
        ... register = "reports"
        ... month = "month"
        ... of_each = []
        ... ''')
        >>> reports = pa.table({"Månad": [dt.date(2022, 1, 20)]})
        >>> evaluation = project.evaluate({"reports": reports}, as_of="2022-06-30")
        >>> [(str(row["month"]), row["state"]) for row in evaluation.coverage]
        [('2022-01-01', 'covered'), ('2022-02-01', 'not_covered')]
        """
        return Table(self._native.coverage())

    @property
    def step_tests(self) -> Table:
        """Whether units rather move up than down, as a way of working: tests, as two-sided p values.

        A row for each ``change`` indicator, table, group and item with levels of which somebody is
        measured. Columns ``item``, ``measured`` (levels before and after are known), ``sign`` (the
        exact sign test), ``sign_adjusted`` (by Holm, for all groups and items of the indicator),
        ``wilcoxon`` (signed ranks, zeros as Pratt: takes one level to be as far as any other),
        ``stuart_maxwell`` (whether the levels after are spread as those before), ``bowker``
        (whether each move is as frequent as its reverse); null where the matrix does not tell; and
        for groups of one column ``superiority`` with ``_low`` and ``_high`` (how likely somebody of
        the group has moved further up than somebody of all others, ties counted half; Brunner and
        Munzel).
        :func:`utfall.stats.sign_test` and its neighbours say the sources. What came out is in
        :attr:`steps`; that it is unlikely by chance does not say that the project is the reason.

        Examples
        --------
        >>> import pyarrow as pa
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Steps"
        ... [registers.participants]
        ... unit = "person"
        ... weight = "Antal"
        ... columns.start = { header = "Start", type = "ordinal", levels = ["1", "2"] }
        ... columns.end = { header = "Slut", type = "ordinal", levels = ["1", "2"] }
        ... [indicators.progress]
        ... kind = "change"
        ... register = "participants"
        ... items = [{ from = "start", to = "end" }]
        ... ''')
        >>> moved = pa.table({"Start": [1, 1, 2], "Slut": [1, 2, 1], "Antal": [9, 8, 1]})
        >>> evaluation = project.evaluate({"participants": moved}, as_of="2022-06-30")
        >>> [(row["measured"], round(row["sign"], 7)) for row in evaluation.step_tests]
        [(18, 0.0390625)]
        """
        return Table(self._native.step_tests())

    @property
    def strata(self) -> Table:
        """Two groups compared within the levels of another column.

        A row for each ``share`` and ``change`` indicator and table of two columns, one of which
        (``groups``) has two levels; the levels of the other (``strata``) are looked at one by one.
        Columns ``group`` and ``other`` (the two levels, as declared), ``compared`` (strata with
        somebody of both), ``left_out`` (observed units in other strata), and with ``_low`` and
        ``_high``: ``standardised`` (the difference if each group were spread over the strata as both
        together are), ``difference``, ``ratio``, ``odds_ratio`` (pooled by Mantel and Haenszel);
        then p values: ``p_value`` (Cochran, Mantel and Haenszel: the pooled ratio of odds is 1),
        ``tarone`` (Breslow and Day, corrected) and ``woolf`` (the ratio of odds is the same in all
        strata). :func:`utfall.stats.mantel_haenszel` and its neighbours say the sources. What to
        adjust for is a question of why the groups are spread as they are.

        Examples
        --------
        >>> import pyarrow as pa
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Work"
        ... [registers.participants]
        ... unit = "person"
        ... weight = "Antal"
        ... by = ["gender", "branch"]
        ... columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
        ... columns.branch = { header = "Gren", type = "level", levels = ["care", "store", "road"] }
        ... columns.work = { header = "Arbete", type = "flag" }
        ... [indicators]
        ... work = { kind = "share", register = "participants", having = { work = true } }
        ... ''')
        >>> participants = pa.table({
        ...     "Kön": ["woman", "woman", "man", "man", "woman", "woman", "man", "man"],
        ...     "Gren": ["care", "care", "care", "care", "store", "store", "store", "store"],
        ...     "Arbete": [True, False, True, False, True, False, True, False],
        ...     "Antal": [30, 30, 5, 5, 2, 8, 8, 32],
        ... })
        >>> evaluation = project.evaluate({"participants": participants}, as_of="2022-06-30")
        >>> [(row["compared"], row["difference"], row["p_value"]) for row in evaluation.strata]
        [(2, 0.0, 1.0)]
        """
        return Table(self._native.strata())

    @property
    def funnels(self) -> Table:
        """Which groups lie beyond chance from everybody, whatever their size and rank.

        A row for each ``share`` and ``change`` indicator and group of one column of which somebody
        is observed. Columns ``observed``, ``successes``, ``value``, ``overall`` (the share of
        everybody), ``inner_low``, ``inner_high`` (the limits that at most 2.5 % of such groups
        pass on either side by chance), ``outer_low``, ``outer_high`` (0.1 %), ``funnel``:
        ``far_below``, ``below``, ``within``, ``above``, ``far_above``. Limits are exact where
        fewer than ten successes or failures are expected (:func:`utfall.stats.funnel_limits`).
        Groups often differ more than chance for reasons of their own, such as whom they take in.

        Examples
        --------
        >>> import pyarrow as pa
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Work"
        ... [registers.participants]
        ... unit = "person"
        ... weight = "Antal"
        ... by = ["part"]
        ... columns.part = { header = "Del", type = "level", levels = ["West", "East"] }
        ... columns.work = { header = "Arbete", type = "flag" }
        ... [indicators]
        ... work = { kind = "share", register = "participants", having = { work = true } }
        ... ''')
        >>> participants = pa.table({
        ...     "Del": ["West", "West", "East"],
        ...     "Arbete": [True, False, False],
        ...     "Antal": [40, 20, 10],
        ... })
        >>> evaluation = project.evaluate({"participants": participants}, as_of="2022-06-30")
        >>> [(row["part"], round(row["value"], 2), row["funnel"]) for row in evaluation.funnels]
        [('West', 0.67, 'within'), ('East', 0.0, 'far_below')]
        """
        return Table(self._native.funnels())

    @property
    def money(self) -> Table:
        """What the project costs: planned and outcome, in all, for each unit and for each who pays.

        A row for each version of the plan in force. Columns ``part`` (``whole``, ``per_unit``,
        ``funding``), ``of`` (the indicator whose units the cost is divided by, or who pays),
        ``plan_from``, ``current``, ``planned``, ``planned_units`` (what a goal promised of a count
        when the version began), ``outcome``, ``units`` (the successes of the indicator, of a count
        all), ``outcome_of_planned``. A cost for each unit is no cost of its effect: it says nothing
        of what would have come out without the project.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Costs"
        ... [money]
        ... currency = "SEK"
        ... plan = [{ from = 2020-01-01, value = 52e6 }, { from = 2021-10-01, value = 28e6 }]
        ... outcome = 25e6
        ... funding = [{ source = "ESF", share = 0.5 }]
        ... ''')
        >>> money = project.evaluate({}, as_of="2022-06-30").money
        >>> [(row["part"], row["planned"], row["outcome"]) for row in money if row["current"]]
        [('whole', 28000000.0, 25000000.0), ('funding', 14000000.0, 12500000.0)]
        """
        return Table(self._native.money())

    @property
    def planned(self) -> Table:
        """How much was planned of what indicators count or sum, and what came out.

        A row for each plan and version of it in force. Columns ``indicator``, ``part`` (texts such
        as ``subproject = Flen``; empty: all of the project), ``plan_from``, ``current``,
        ``planned`` (for the whole of the project's time), ``days`` (of the project),
        ``active_days`` (of them, up to the day of the evaluation, those on which the part was
        active), ``expected`` (``planned`` times ``active_days`` over ``days``), ``outcome``,
        ``outcome_of_expected``, ``reason`` (why there is no outcome: that of the figure, or
        ``not_crossed`` where the figures are not crossed by the part).

        Examples
        --------
        >>> import pyarrow as pa
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Reach"
        ... first_day = 2022-01-01
        ... last_day = 2022-12-31
        ... [registers.participants]
        ... unit = "person"
        ... columns.part = { header = "Del", type = "level", levels = ["West", "East"] }
        ... by = ["part"]
        ... [indicators.participants]
        ... kind = "count"
        ... register = "participants"
        ... [[planned]]
        ... indicator = "participants"
        ... where = { part = "East" }
        ... plan = [{ from = 2022-01-01, value = 73 }]
        ... active = [{ last_day = 2022-01-05 }]
        ... ''')
        >>> participants = pa.table({"Del": ["East", "West"]})
        >>> evaluation = project.evaluate({"participants": participants}, as_of="2022-12-31")
        >>> [(row["planned"], row["expected"], row["outcome"]) for row in evaluation.planned]
        [(73.0, 1.0, 1.0)]
        """
        return Table(self._native.planned())

    @property
    def survey(self) -> Table:
        """What was answered: a row for each ``survey`` indicator, table, group and item.

        All items together have a row of their own, whose ``item`` is null. Columns ``item``,
        ``asked`` (answers of units of which ``of`` is true and that are not excluded),
        ``not_applicable``, ``missing`` (no answer, or of a unit with fewer than
        ``fewest_answers``), ``answered``, ``favourable``, ``share`` (of the answered), ``low``,
        ``high`` (Wilson interval, of one item only). All items together also have ``respondents``
        (units with enough answers) and, for everybody, ``response_rate`` (of the ``invited`` of
        the register).

        Examples
        --------
        >>> import pyarrow as pa
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Survey"
        ... [registers.answers]
        ... unit = "answer"
        ... invited = 5
        ... columns.relief = { header = "Avlastning", type = "ordinal", levels = ["1", "2", "3"] }
        ... columns.again = { header = "Igen", type = "ordinal", levels = ["1", "2", "3"] }
        ... [indicators.content]
        ... kind = "survey"
        ... register = "answers"
        ... items = ["relief", "again"]
        ... favourable = ["3"]
        ... ''')
        >>> answers = pa.table({"Avlastning": [3, 2, None, None], "Igen": [3, 3, 1, None]})
        >>> evaluation = project.evaluate({"answers": answers}, as_of="2022-06-30")
        >>> for row in evaluation.survey:
        ...     row["item"], row["asked"], row["answered"], row["favourable"], row["respondents"]
        ('relief', 4, 2, 1, None)
        ('again', 4, 3, 2, None)
        (None, 8, 5, 3, 3)
        >>> evaluation.survey["response_rate"][-1]
        0.6
        """
        return Table(self._native.survey())

    @property
    def flow(self) -> Table:
        """How far units have come: a row for each stage of the flow, table and group.

        Columns ``stage``, ``units`` (all), ``reached`` (this stage and every one before it),
        ``unknown``, ``lost`` (of those who reached the previous stage; of the first: of all),
        ``share_of_previous``, ``share_of_first``. Those who reached the previous stage are
        ``reached + unknown + lost``.

        Examples
        --------
        >>> import pyarrow as pa
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Flow"
        ... [registers.participants]
        ... unit = "person"
        ... columns.completed = { header = "Fullföljd", type = "flag" }
        ... columns.status = { header = "Status", type = "level", levels = ["work", "other"] }
        ... [flow]
        ... register = "participants"
        ... stages = [
        ...   { id = "enrolled", of = {} },
        ...   { id = "completed", of = { completed = true } },
        ...   { id = "work", of = { status = "work" } },
        ... ]
        ... ''')
        >>> participants = pa.table(
        ...     {"Fullföljd": ["ja", "ja", "nej", "ja"], "Status": ["work", None, "work", "other"]}
        ... )
        >>> evaluation = project.evaluate({"participants": participants}, as_of="2022-06-30")
        >>> for row in evaluation.flow:
        ...     row["stage"], row["reached"], row["unknown"], row["lost"], row["share_of_first"]
        ('enrolled', 4, 0, 0, 1.0)
        ('completed', 3, 0, 1, 0.75)
        ('work', 1, 1, 1, 0.25)
        """
        return Table(self._native.flow())

    @property
    def flow_reasons(self) -> Table:
        """Why they went no further: a row for each stage, table, group and reason.

        Columns ``stage`` (the one that was not reached), ``reason`` (code, ``(unknown)`` last),
        ``units``. Every declared reason has its row, zeros too; those of a stage and group add up
        to its ``lost``. Without ``reasons`` in the flow there are no rows.

        Examples
        --------
        >>> import pyarrow as pa
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('''
        ... schema = 1
        ... name = "Flow"
        ... [registers.participants]
        ... unit = "person"
        ... columns.completed = { header = "Fullföljd", type = "flag" }
        ... columns.left_for = { header = "Orsak", type = "level", levels = ["moved", "ill"] }
        ... [flow]
        ... register = "participants"
        ... stages = [{ id = "completed", of = { completed = true } }]
        ... reasons = "left_for"
        ... ''')
        >>> participants = pa.table(
        ...     {"Fullföljd": ["ja", "nej", "nej"], "Orsak": [None, "moved", None]}
        ... )
        >>> evaluation = project.evaluate({"participants": participants}, as_of="2022-06-30")
        >>> [(row["stage"], row["reason"], row["units"]) for row in evaluation.flow_reasons]
        [('completed', 'moved', 1), ('completed', 'ill', 0), ('completed', '(unknown)', 1)]
        """
        return Table(self._native.flow_reasons())
