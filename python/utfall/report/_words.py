"""The words of reports that the core does not have: headings, captions, notes, in both languages.

Sentences about figures, goals and checks come from the core. A test holds this catalogue complete.
"""

from __future__ import annotations

from typing import Final

_LANGUAGES: Final = ("sv", "en")

#: Each word: Swedish, English. Braces take what is named in them.
CATALOGUE: Final[dict[str, tuple[str, str]]] = {
    # What stands around the chapters.
    "report": ("Rapport över utfall", "Report on outcomes"),
    "contents": ("Innehåll", "Contents"),
    "skip": ("Hoppa till innehållet", "Skip to the content"),
    "table": ("Tabell", "Table"),
    "figure": ("Diagram", "Figure"),
    "note": ("Anmärkning", "Note"),
    "page": ("Sida", "Page"),
    "made_by": ("Framställd med utfall {version}.", "Made with utfall {version}."),
    "owner": ("Projektägare", "Project owner"),
    "project_period": ("Projektperiod", "Project period"),
    "as_of": ("Uppföljningsdag", "Day of the evaluation"),
    "protection": ("Skydd", "Protection"),
    "unprotected": (
        "Oskyddat: innehåller uppgifter som kan röja enskilda. Får inte spridas.",
        "Unprotected: contains what may reveal individuals. Must not be passed on.",
    ),
    "protected": ("skyddat", "protected"),
    "protected_note": (
        "Där det står ”skyddat” finns ett tal som inte får lämnas ut.",
        "Where it says “protected” there is a number that may not be given out.",
    ),
    "alternative": ("Diagrammet i ord", "The figure in words"),
    # Chapters and their parts.
    "summary": ("Sammanfattning", "Summary"),
    "participants": ("Deltagare", "Participants"),
    "participants_and_money": ("Deltagare och ekonomi", "Participants and costs"),
    "numbers": ("Antal", "Numbers"),
    "flow": ("Deltagarnas väg", "Participant flow"),
    "reach": ("Plan och utfall", "Plan and outcome"),
    "overlap": ("I flera grupper", "In several groups"),
    "money": ("Ekonomi", "Costs"),
    "goals": ("Mål, indikatorer och resultat", "Goals, indicators and results"),
    "level_individual": ("Individnivå", "Individual level"),
    "level_organisation": ("Organisationsnivå", "Organisational level"),
    "level_structure": ("Strukturnivå", "Structural level"),
    "other_indicators": ("Indikatorer utan mål", "Indicators without a goal"),
    "comparisons": ("Skillnader mellan grupper", "Differences between groups"),
    "principles": ("Horisontella principer", "Horizontal principles"),
    "equality": ("Jämställdhet", "Equality"),
    "accessibility": ("Tillgänglighet", "Accessibility"),
    "non_discrimination": ("Icke-diskriminering", "Non-discrimination"),
    "no_principle": ("Alla principer", "All principles"),
    "plan": ("Handlingsplan", "Action plan"),
    "grounds": ("Diskrimineringsgrunderna", "Grounds of discrimination"),
    "follow_up": ("Uppföljning", "Follow-up"),
    "rests_on": ("Vad utfallen bygger på", "What the outcomes rest on"),
    "quality": ("Uppgifternas kvalitet", "Quality of the data"),
    "method": ("Metod", "Method"),
    "how_counted": ("Så är det räknat", "How it is counted"),
    "how_protected": ("Så är uppgifterna skyddade", "How the data are protected"),
    "registers": ("Register", "Registers"),
    "definitions": ("Indikatorernas definitioner", "Definitions of the indicators"),
    "findings": ("Fynd", "Findings"),
    "of_the_registers": ("I registren", "In the registers"),
    "of_the_project": ("I projektfilen", "In the project file"),
    "receipt": ("Kvitto", "Receipt"),
    # Captions.
    "verdicts_caption": ("Målen efter bedömning", "Goals by verdict"),
    "goals_caption": ("Mål och resultat, {level}", "Goals and results, {level}"),
    "versions_caption": ("Målvärdets versioner: {goal}", "Versions of the target: {goal}"),
    "evidence_caption": ("Bedömningar: {goal}", "Ratings: {goal}"),
    "groups_caption": ("Utfall efter grupp: {indicator}", "Outcome by group: {indicator}"),
    "overall_caption": ("Utfall: {indicator}", "Outcome: {indicator}"),
    "by_caption": ("{indicator} efter {rows}", "{indicator} by {rows}"),
    "crossed_caption": ("{indicator} efter {rows} och {columns}", "{indicator} by {rows} and {columns}"),
    "flow_caption": ("Deltagarnas väg, steg för steg", "Participant flow, stage by stage"),
    "flow_groups_caption": ("Så många nådde varje steg, efter grupp", "How many reached each stage, by group"),
    "reasons_caption": ("Varför de inte kom vidare", "Why they went no further"),
    "planned_caption": ("Planerat och utfall", "Planned and outcome"),
    "overlap_caption": ("Personer i flera grupper", "Persons in several groups"),
    "money_caption": ("Kostnad mot plan", "Cost against plan"),
    "steps_caption": ("Rörelser: {indicator}", "Movements: {indicator}"),
    "transitions_caption": ("Nivå före och efter: {item}", "Level before and after: {item}"),
    "survey_caption": ("Enkätsvar: {indicator}", "Survey answers: {indicator}"),
    "incidence_caption": ("Andel över tid: {indicator}", "Share over time: {indicator}"),
    "distributions_caption": ("Fördelning: {indicator}", "Distribution: {indicator}"),
    "coverage_caption": ("Täckning per månad: {indicator}", "Coverage by month: {indicator}"),
    "comparisons_caption": ("Grupper som skiljer sig mest", "Groups that differ most"),
    "checks_caption": ("Kontroller: {principle}", "Checks: {principle}"),
    "plan_caption": ("Handlingsplanens aktiviteter och krav", "Activities and demands of the action plan"),
    "grounds_caption": (
        "De sju diskrimineringsgrunderna",
        "The seven grounds of discrimination",
    ),
    "rests_caption": ("Räkning från alla till uppfyller, per indikator", "From all to successes, by indicator"),
    "quality_caption": ("Fullständiga, giltiga och uppföljda", "Complete, valid and followed up"),
    "missing_caption": ("Uppgifter som saknas", "Data that are missing"),
    "registers_caption": ("Register och rader", "Registers and rows"),
    "findings_caption": ("Fynd i registren", "Findings in the registers"),
    "review_caption": ("Fynd i projektfilen", "Findings in the project file"),
    "receipt_caption": ("Kvitto på körningen", "Receipt of the run"),
    # Headings of columns.
    "goal": ("Mål", "Goal"),
    "target": ("Målvärde", "Target"),
    "outcome": ("Utfall", "Outcome"),
    "interval": ("Intervall", "Interval"),
    "verdict": ("Bedömning", "Verdict"),
    "short": ("Fattas", "Short"),
    "open": ("Kan ännu ändras", "Can still change"),
    "computed": ("Beräknade", "Computed"),
    "declared": ("Bedömda av utvärderaren", "Rated by the evaluator"),
    "from_day": ("Gäller från", "In force from"),
    "decided_by": ("Beslutat av", "Decided by"),
    "why": ("Skäl", "Reason"),
    "source": ("Källa", "Source"),
    "part": ("Del", "Part"),
    "rating": ("Betyg", "Rating"),
    "day": ("Dag", "Day"),
    "indicator": ("Indikator", "Indicator"),
    "by": ("Indelning", "Divided by"),
    "group": ("Grupp", "Group"),
    "successes": ("Uppfyller", "Successes"),
    "observed": ("Observerade", "Observed"),
    "share": ("Andel", "Share"),
    "count": ("Antal", "Number"),
    "value": ("Värde", "Value"),
    "missing": ("Saknas", "Missing"),
    "not_due": ("Följs upp senare", "Not due yet"),
    "all": ("Alla", "All"),
    "stage": ("Steg", "Stage"),
    "reached": ("Nådde hit", "Reached"),
    "lost": ("Kom inte vidare", "Went no further"),
    "unknown": ("Okänt", "Unknown"),
    "of_previous": ("Av förra steget", "Of the previous stage"),
    "of_first": ("Av första steget", "Of the first stage"),
    "reason": ("Orsak", "Reason"),
    "plan_from": ("Plan från", "Plan from"),
    "planned": ("Planerat", "Planned"),
    "expected": ("Väntat hittills", "Expected so far"),
    "of_planned": ("Utfall av plan", "Outcome of plan"),
    "units": ("Enheter", "Units"),
    "persons": ("Personer", "Persons"),
    "levels": ("Grupper", "Groups"),
    "item": ("Fråga eller skala", "Item or scale"),
    "up": ("Framåt", "Forward"),
    "same": ("Kvar", "Stayed"),
    "down": ("Bakåt", "Back"),
    "measured": ("Uppmätta", "Measured"),
    "not_measurable": ("Går inte att mäta", "Not measurable"),
    "up_share": ("Andel framåt", "Share forward"),
    "before": ("Före", "Before"),
    "answered": ("Svar", "Answers"),
    "favourable": ("Positiva svar", "Favourable"),
    "respondents": ("Svarande", "Respondents"),
    "response_rate": ("Svarsfrekvens", "Response rate"),
    "horizon": ("Tid", "Time"),
    "event": ("Händelse", "Event"),
    "started": ("Påbörjade", "Started"),
    "events": ("Med händelsen", "With the event"),
    "censored": ("Inte följda så länge", "Not followed so long"),
    "mean": ("Medelvärde", "Mean"),
    "median": ("Median", "Median"),
    "standard_deviation": ("Standardavvikelse", "Standard deviation"),
    "smallest": ("Minst", "Smallest"),
    "largest": ("Störst", "Largest"),
    "month": ("Månad", "Month"),
    "state": ("Läge", "State"),
    "lowest": ("Lägst", "Lowest"),
    "highest": ("Högst", "Highest"),
    "difference": ("Skillnad", "Difference"),
    "ratio": ("Kvot", "Ratio"),
    "result": ("Resultat", "Result"),
    "principle": ("Princip", "Principle"),
    "population": ("Populationen", "Population"),
    "outside": ("Utanför", "Outside"),
    "unclassified": ("Oklassade", "Unclassified"),
    "excluded": ("Undantagna", "Excluded"),
    "due": ("Ska vara uppföljda", "Due"),
    "bound_low": ("Lägst möjliga", "Lowest possible"),
    "bound_high": ("Högst möjliga", "Highest possible"),
    "register": ("Register", "Register"),
    "column": ("Kolumn", "Column"),
    "complete": ("Fullständiga", "Complete"),
    "valid": ("Giltiga", "Valid"),
    "timely": ("Uppföljda i tid", "Followed up in time"),
    "a_row_is": ("En rad är", "A row is"),
    "severity": ("Grad", "Severity"),
    "subject": ("Var", "Where"),
    "finding": ("Fynd", "Finding"),
    "code": ("Kod", "Code"),
    "name": ("Namn", "Name"),
    "chapter": ("Kapitel", "Chapter"),
    "heading": ("Rubrik", "Heading"),
    "text": ("Text", "Text"),
    "sheet": ("Blad", "Sheet"),
    "content": ("Innehåll", "Content"),
    # Facts of a goal.
    "tier": ("Slag av mål", "Kind of goal"),
    "tier_effect": ("långsiktig effekt", "long-term effect"),
    "tier_project": ("projektmål", "project goal"),
    "tier_sub": ("delmål", "sub-goal"),
    "leads_to": ("Bidrar till", "Contributes to"),
    "verified_by": ("Verifieras genom", "Verified by"),
    "baseline": ("Utgångsläge", "Baseline"),
    "assumptions": ("Antaganden", "Assumptions"),
    "due_on": ("Ska vara nått", "To be met by"),
    # States of checks, severities, and words in cells.
    "state_met": ("uppfyllt", "met"),
    "state_not_met": ("inte uppfyllt", "not met"),
    "state_open": ("öppet", "open"),
    "state_cannot_tell": ("går inte att säga", "cannot tell"),
    "state_not_measured": ("mäts inte", "not measured"),
    "state_declared": ("redovisat, inte beräknat", "declared, not computed"),
    "severity_error": ("fel", "error"),
    "severity_warning": ("varning", "warning"),
    "severity_note": ("anmärkning", "note"),
    "yes": ("ja", "yes"),
    "no": ("nej", "no"),
    "earlier": ("tidigare", "earlier"),
    "whole": ("hela projektet", "the whole project"),
    "per_unit": ("per enhet: {of}", "for each unit: {of}"),
    "funding": ("finansiär: {of}", "paid by: {of}"),
    "all_items": ("alla tillsammans", "all together"),
    # Sentences.
    "no_goals": ("Projektfilen har inga mål.", "The project file has no goals."),
    "summary_text": (
        "Rapporten visar vad som kommit ut av projektet {project} till och med {day}, mot de mål som projektet har "
        "satt upp. Varje tal står med vad det bygger på.",
        "This report shows what has come out of the project {project} up to {day}, against the goals that it has set "
        "itself. Each number stands with what it rests on.",
    ),
    "summary_findings": (
        "{count} fynd i registren ska läsas tillsammans med resultaten; de står i kapitlet Fynd.",
        "{count} findings in the registers are to be read together with the results; they stand in the chapter Findings.",
    ),
    "no_findings": ("Inga fynd.", "No findings."),
    "no_participants": (
        "Projektfilen har ingen indikator som räknar deltagare.",
        "The project file has no indicator that counts participants.",
    ),
    "no_checks": (
        "Projektfilen har inga kontroller av horisontella principer.",
        "The project file has no checks of horizontal principles.",
    ),
    "short_note": (
        "Fattas: så många fler som skulle ha behövts av lika många observerade; ett minustecken är så många till godo. "
        "Kan ännu ändras: de som saknas eller följs upp senare kan ändra bedömningen.",
        "Short: how many more would have been needed of as many observed; a minus is how many there are to spare. "
        "Can still change: those who are missing or not due yet can change the verdict.",
    ),
    "interval_note": (
        "Intervallet säger hur långt utfallet bär till andra av samma slag; det säger inget om projektets egna deltagare, "
        "som alla är räknade.",
        "The interval says how far the outcome carries to others of the same kind; it says nothing of the project's own "
        "participants, who are all counted.",
    ),
    "bounds_note": (
        "Lägst och högst möjliga: andelen om ingen, eller alla, av dem som saknas uppfyllde villkoret.",
        "Lowest and highest possible: the share if none, or all, of the missing met the condition.",
    ),
    "unknown_note": (
        "Okänt är en egen grupp: uppgiften saknas i registret.",
        "Unknown is a group of its own: the register does not say.",
    ),
    "comparisons_note": (
        "För varje indelning de två grupper som ligger längst från varandra, av dem med minst fem observerade. "
        "Skillnaden är i procentenheter. En skillnad mellan grupper är ingen effekt.",
        "For each division the two groups that lie furthest apart, of those with at least five observed. "
        "The difference is in percentage points. A difference between groups is not an effect.",
    ),
    "money_note": (
        "Kostnad per enhet säger inget om vad som hade skett utan projektet.",
        "A cost for each unit says nothing of what would have happened without the project.",
    ),
    "overlap_note": (
        "En person räknas i den grupp som det första inträdet säger; tabellen visar dem som har varit i flera.",
        "A person counts in the group of the first enrolment; the table shows those who have been in several.",
    ),
    "method_places": (
        "Varje enhet i ett register räknas på exakt en plats: utanför det som indikatorn talar om, oklassad, undantagen, "
        "följs upp senare, saknas eller observerad. Platserna summerar alltid till alla.",
        "Each unit of a register is counted in exactly one place: outside of what the indicator speaks of, unclassified, "
        "excluded, not due yet, missing or observed. The places always add up to all.",
    ),
    "method_value": (
        "En andel är de som uppfyller villkoret av de observerade. Den som saknas räknas varken som ja eller nej; "
        "gränserna visar vad andelen vore om alla de gjorde det ena eller det andra.",
        "A share is those who meet the condition of the observed. Who is missing counts neither as yes nor as no; the "
        "bounds show what the share would be if all of them did the one or the other.",
    ),
    "method_interval": (
        "Intervall för andelar är Wilsons (Wilson, Journal of the American Statistical Association, 1927), för medelvärden "
        "Students, för andelar över tid det som följer av Aalen och Johansen (Scandinavian Journal of Statistics, 1978).",
        "Intervals of shares are Wilson's (Wilson, Journal of the American Statistical Association, 1927), of means "
        "Student's, of shares over time that of Aalen and Johansen (Scandinavian Journal of Statistics, 1978).",
    ),
    "method_verdict": (
        "Mål bedöms på hela tal och aldrig på avrundade procent, mot varje version av målvärdet. En bedömning är avgjord "
        "när inget öppet fall kan ändra den.",
        "Goals are judged on whole numbers and never on rounded percentages, against every version of the target. A "
        "verdict is settled when no open case can change it.",
    ),
    "method_effect": (
        "Det finns ingen jämförelsegrupp. Inget tal i rapporten är därför en effekt av projektet.",
        "There is no comparison group. So no number of this report is an effect of the project.",
    ),
    "method_unprotected": (
        "Inget är dolt i rapporten. Små grupper står som de är.",
        "Nothing is hidden in this report. Small groups stand as they are.",
    ),
}


def words(language: str) -> dict[str, str]:
    """Give every word in a language.

    >>> words("sv")["verdict"], words("en")["verdict"]
    ('Bedömning', 'Verdict')
    """
    place = _LANGUAGES.index(language)
    return {key: texts[place] for key, texts in CATALOGUE.items()}
