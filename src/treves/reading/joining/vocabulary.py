"""Small word lists that joining needs: function words, strong verbs, number words, names of meetings.

Dutch first; English and German words are there so that names and numbers in reports of those languages fare no worse.
"""

from __future__ import annotations


def words(listed: str) -> frozenset[str]:
    """Return the words of a list that is written with spaces."""
    return frozenset(listed.split())


def forms(listed: str) -> dict[str, str]:
    """Return word form -> first of its row, for rows that end in a semicolon ("staan stond stonden; ...")."""
    rows = (row.split() for row in listed.split(";"))
    return {form: row[0] for row in rows if row for form in row}


def counted(listed: str, first: int, step: int) -> dict[str, int]:
    """Return number words with their values, `first`, `first + step` and so on; "-" leaves one out."""
    return {w: first + i * step for i, w in enumerate(listed.split()) if w != "-"}


ARTICLES = words("de het een 't the a an der die das ein eine le la les un une")
INDEFINITE = words("een a an ein eine un une")
PARTICLES = words(
    "van de der den het 't ten ter te op in aan bij von zu zum du di da do dos del della la le el al ben bin ibn "
    "st. sint "
)

FUNCTION_WORDS = words(
    # articles, pronouns, adverbs of place that carry no content of their own
    "de het een t n s 't 'n 's die dat dit deze wie wat welke ik je jij jou jouw u uw hij zij ze we wij ons onze "
    "jullie hun "
    "hen haar hem zijn mijn m'n z'n me mij zich zelf er hier daar waar hoe "
    "erop eraan erin eruit erom ervan erover erdoor ermee ernaar daarop daaraan daarin daaruit daarom daarvan daarover "
    "daardoor daarmee daarna daarbij hierover hierop hierin hiermee waarop waarin waarvan waarover waarmee elkaar men "
    # prepositions and conjunctions
    "van in op aan uit bij te ten ter tot voor na naar om door over onder tegen tussen met per als dan of en maar "
    "want dus "
    "omdat doordat zodat toen terwijl hoewel indien tenzij ook nog al wel toch even eens heel erg zo zoals dus "
    "gewoon echt "
    "eigenlijk af toe mee neer terug alleen slechts pas weer steeds zeer best immers namelijk overigens vooral "
    # verbs that any sentence may have
    "is was waren ben bent bin geweest wordt worden werd werden geworden heeft hebben heb hebt had hadden gehad "
    "kan kunnen "
    "kon konden kunt moet moeten moest moesten zal zullen zult zou zouden wil willen wilt wilde wilden wou mag "
    "mogen mocht "
    "mochten gaat gaan ga ging gingen gegaan doe doet doen deed deden gedaan laat laten liet lieten zegt zeggen "
    "zei zeiden "
    "zeg gezegd ziet zien zie zag zagen gezien vindt vinden vind vond vonden gevonden komt komen kom kwam kwamen "
    "blijft "
    "blijven bleef bleven hoeft hoeven lijkt lijken "
    # english
    "the a an and or but of to for from with at by as it its this that these those i you he she we they me him "
    "her us them "
    "my your his our their be been being are were am has have had do does did will would shall should can could "
    "may might "
    "must there here so if then than "
    # german
    "der das den dem des ein eine einen einem und oder aber von zu mit bei nach aus auf an im am ist sind war "
    "waren sei hat "
    "haben wird werden wurde ich du er sie es wir ihr sich nicht"
)

WORN_WORDS = words(
    "goed goede gesprek gesprekken overleg praten praat spreken verder hervatten partij partijen akkoord kabinet "
    "coalitie regering minister "
    "onderhandelingen onderhandelen onderwerp onderwerpen oplossing afspraak afspraken vandaag morgen gisteren "
    "vanavond week "
    "mensen land groot grote veel belangrijk nieuw nieuwe niet geen not no nicht kein keine "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
)
"""Content words that anyone at any table uses: sharing them says little, however few reports a view has."""

NEGATIONS = words(
    "niet geen nooit niemand niets nergens noch zonder not no never nobody nothing without nicht kein keine nie"
)

STEMS = forms(
    "staan staat sta stond stonden gestaan; liggen ligt lig lag lagen gelegen; zitten zit zat zaten gezeten; "
    "lopen loopt loop liep liepen gelopen; nemen neemt neem nam namen genomen; geven geeft geef gaf gaven gegeven; "
    "krijgen krijgt krijg kreeg kregen gekregen; houden houdt houd hou hield hielden gehouden; "
    "brengen brengt breng bracht brachten gebracht; denken denkt denk dacht dachten gedacht; "
    "weten weet wist wisten geweten; spreken spreekt spreek sprak spraken gesproken; "
    "breken breekt breek brak braken gebroken; afbreken afgebroken; kiezen kiest kies koos kozen gekozen; "
    "verliezen verliest verlies verloor verloren; sluiten sluit sloot sloten gesloten; "
    "trekken trekt trek trok trokken getrokken; vallen valt val viel vielen gevallen; "
    "helpen helpt help hielp hielpen geholpen; schrijven schrijft schrijf schreef schreven geschreven; "
    "lezen leest lees las lazen gelezen; eten eet at aten gegeten; slaan slaat sla sloeg sloegen geslagen; "
    "dragen draagt draag droeg droegen gedragen; vragen vraagt vraag vroeg vroegen gevraagd; "
    "kopen koopt koop kocht kochten gekocht; zoeken zoekt zoek zocht zochten gezocht; "
    "treffen treft tref trof troffen getroffen; winnen wint win won wonnen gewonnen; "
    "beginnen begint begin begon begonnen; bieden biedt bied bood boden geboden; "
    "verbieden verbiedt verbied verbood verboden; stijgen stijgt stijg steeg stegen gestegen; "
    "snijden snijdt snijd sneed sneden gesneden; rijden rijdt rijd reed gereden; "
    "werpen werpt wierp wierpen geworpen; sterven sterft stierf stierven gestorven; drinken drinkt dronk dronken; "
    "klinken klinkt klonk klonken geklonken; zinken zinkt zonk zonken gezonken; dringen dringt drong drongen; "
    "schieten schiet schoot schoten geschoten; ontbreken ontbreekt ontbrak ontbraken; verdwijnen verdween verdwenen; "
    "stad steden; schip schepen; lid leden; ei eieren; kind kinderen; koe koeien; gemeente gemeenten gemeentes; "
    # outlets that retell a quotation swap these for one another more than any other words
    "gesprek gesprekken praten praat pratend gepraat overleg overleggen overlegt overlegd beraad onderhandelen "
    "onderhandelt onderhandelend onderhandeling onderhandelingen; "
    "hervatten hervat hervatte hernemen herneemt hernam hernomen voortzetten voortzet voortgezet doorpraten doorgepraat "
    "verder"
)

NUMBERS = {
    **counted("nul - twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien", 0, 1),
    **counted("zeventien achttien negentien", 17, 1),
    **counted("twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd", 20, 10),
    **counted("tweehonderd driehonderd vierhonderd vijfhonderd zeshonderd zevenhonderd achthonderd", 200, 100),
    **counted("negenhonderd duizend", 900, 100),
}
"""Number words, folded. "een" is left out: it is nearly always the article."""

MEETINGS = (
    *("overleg", "beraad", "gesprek", "gesprekken", "onderhandeling", "onderhandelingen", "sessie", "ronde"),
    *("bespreking", "besprekingen", "bijeenkomst", "vergadering", "conclaaf", "talks", "session", "meeting"),
    *("praten", "spreken", "onderhandelen", "vergaderen", "overleggen", "hervat", "hervatten", "voortgezet"),
)
"""Endings of the words for talks at the table; any of them may be the same session ("asieloverleg", "nachtsessie")."""

OWN_MEETINGS = words(
    "fractie bewindspersonen leden partij raads kamer commissie bestuurs aandeelhouders gemeenteraads pers"
)
"""Beginnings that make a meeting a kind of its own ("fractieoverleg", "ledenvergadering")."""

MEMBERS = ("leden", "achterban", "raadpleging", "partijcongres", "partijraad", "congres")
"""Beginnings of the words for a party asking its members; any of them may be the same occasion."""

ASSEMBLIES = ("kamer", "raad", "senaat", "parlement", "staten", "bondsdag", "fractie", "commissie", "bestuur")
"""Endings of the names of bodies that meet by themselves: such a meeting is not the talks at the table."""
ASSEMBLED = words("vergadering vergaderen zitting bijeenkomst beraadslagingen meeting session sitting")
"""Words for the meeting of such a body, where it takes part."""

RELATIONS = words(
    "partijgenoot partijgenote ambtgenoot ambtgenote collega bondgenoot bondgenote medestander geestverwant voorganger "
    "voorgangster opvolger opvolgster"
)
"""Words for what somebody is to somebody else, which readers may take for an office."""

OURS = words("wij we ons onze onszelf we wir uns us our")
"""Words by which speakers count themselves in."""

BEFORE = words("voor voorafgaand tot uiterlijk before until ahead by vor bis")
"""Words that put an event before what it hangs on ("voor het reces"); other anchors are followed."""

MULTIPLES = {"miljoen": 1e6, "miljard": 1e9, "million": 1e6, "billion": 1e9, "mln": 1e6, "mld": 1e9, "duizend": 1e3}
"""Words after a number that multiply it."""

UNITS = words("procent percent euro dollar pond graden kilometer kilo ton hectare procentpunt")
"""Words after a number that do not say what is counted."""

HEDGES = words(
    "ruim bijna ongeveer circa zo'n rond tegen meer minder dan hooguit maximaal minstens krap about nearly over"
)
"""Words before a number that make it an estimate."""

TIMES = words(
    "uur uren minuut minuten dag dagen week weken maand maanden jaar jaren kwartier seconden eeuw nacht avond ochtend "
    "middag januari februari maart april mei juni juli augustus september oktober november december january february "
    "march may june july october hours minutes days weeks months years am pm"
)
"""Words after a number that make it a time, which is compared elsewhere."""
