"""Who can't tell something says so of that, in all the ways there are: “forgot my login”."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW
from tests.intake.desk import READER

CARDS = {
    "asset": ("computer", ("asset", "os", "started", "tried", "urgency")),
    "error": ("software", ("application", "error", "started", "tried", "urgency")),
    "account": ("access", ("system", "account", "deadline")),
    "extension": ("telephony", ("phone_service", "extension", "started", "urgency")),
}
CARDS |= {"os": CARDS["asset"], "started": CARDS["asset"], "rest": CARDS["asset"]}
CARDS |= {"deadline": CARDS["account"]}
OTHERS = {
    "uk": {
        "asset": "NB-0442",
        "os": "windows 11",
        "started": "зі вчора",
        "tried": "перезавантажувала двічі",
        "urgency": "працювати не можу",
        "application": "Teams",
        "error": "0x80070005",
        "system": "SharePoint",
        "account": "kpike",
        "deadline": "до п'ятниці",
        "phone_service": "стаціонарний телефон",
        "extension": "4417",
    },
    "en": {
        "asset": "NB-0442",
        "os": "windows 11",
        "started": "since yesterday",
        "tried": "restarted twice",
        "urgency": "I can't work at all",
        "application": "Teams",
        "error": "0x80070005",
        "system": "SharePoint",
        "account": "kpike",
        "deadline": "by Friday",
        "phone_service": "desk phone",
        "extension": "4417",
    },
    "sk": {
        "asset": "NB-0442",
        "os": "windows 11",
        "started": "od včera",
        "tried": "dvakrát reštartovaný",
        "urgency": "nemôžem pracovať",
        "application": "Teams",
        "error": "0x80070005",
        "system": "SharePoint",
        "account": "kpike",
        "deadline": "do piatku",
        "phone_service": "pevná linka",
        "extension": "4417",
    },
    "el": {
        "asset": "NB-0442",
        "os": "windows 11",
        "started": "από χθες",
        "tried": "έκανα δύο φορές επανεκκίνηση",
        "urgency": "δεν μπορώ να δουλέψω",
        "application": "Teams",
        "error": "0x80070005",
        "system": "SharePoint",
        "account": "kpike",
        "deadline": "μέχρι Παρασκευή",
        "phone_service": "σταθερό τηλέφωνο",
        "extension": "4417",
    },
    "it": {
        "asset": "NB-0442",
        "os": "windows 11",
        "started": "da ieri",
        "tried": "riavviato due volte",
        "urgency": "non posso lavorare",
        "application": "Teams",
        "error": "0x80070005",
        "system": "SharePoint",
        "account": "kpike",
        "deadline": "entro venerdì",
        "phone_service": "telefono fisso",
        "extension": "4417",
    },
}
UNKNOWN = {
    "uk": {
        "asset": (
            "інвентарний хз",
            "наклейка відпала",
            "не можу розібрати номер",
            "без номера",
            "номерка ніякого нема",
        ),
        "os": ("не розбираюсь яка там операційна система",),
        "started": (
            "не скажу коли почалося",
            "важко сказати коли",
        ),
        "error": (
            "без помилки",
            "не встиг прочитати помилку",
        ),
        "account": ("забув логін",),
        "deadline": ("дати немає",),
        "extension": ("номера на апараті нема",),
        "rest": (
            "решти не знаю",
            "на інші питання не відповім",
            "все інше хз",
        ),
    },
    "en": {
        "asset": (
            "the sticker has peeled off",
            "I can't read the number on the label",
            "I'm at home, so I can't check the sticker",
            "sticker - n/a",
            "couldn't find any number on it",
        ),
        "os": ("not sure which windows",),
        "started": ("hard to say when it began",),
        "error": (
            "no error code",
            "I closed the error before reading it",
        ),
        "account": ("I forgot my login",),
        "deadline": ("no fixed date",),
        "extension": ("I don't know the extension",),
        "rest": (
            "the rest I don't know",
            "can't answer the other questions",
            "I can't tell you anything more",
        ),
    },
    "sk": {
        "asset": (
            "číslo sa nedá prečítať",
            "nálepka sa odlepila",
            "štítok chýba",
        ),
        "os": (
            "aký systém netuším",
            "nevyznám sa, aký systém",
        ),
        "started": (
            "ťažko povedať odkedy",
            "odkedy to je, netuším",
        ),
        "error": (
            "žiadna chyba",
            "bez chybového hlásenia",
            "chybu som nestihol prečítať",
        ),
        "account": ("zabudla som login",),
        "deadline": ("bez termínu",),
        "extension": ("neviem akú máme klapku",),
        "rest": (
            "zvyšok neviem",
            "to ostatné netuším",
            "na ostatné neviem odpovedať",
            "viac neviem",
        ),
    },
    "el": {
        "asset": (
            "δεν βρίσκω το αυτοκόλλητο",
            "το αυτοκόλλητο έχει ξεκολλήσει",
            "δεν διαβάζεται ο αριθμός",
            "είμαι σπίτι και δεν μπορώ να δω το αυτοκόλλητο",
        ),
        "os": ("σύστημα: ιδέα δεν έχω",),
        "started": (
            "δεν θυμάμαι από πότε",
            "δεν μπορώ να πω πότε άρχισε",
        ),
        "error": (
            "χωρίς μήνυμα σφάλματος",
            "δεν πρόλαβα να διαβάσω το μήνυμα",
        ),
        "account": ("ξέχασα το username",),
        "deadline": ("χωρίς προθεσμία",),
        "extension": ("δεν ξέρω το εσωτερικό",),
        "rest": (
            "τα υπόλοιπα δεν τα ξέρω",
            "στα άλλα δεν μπορώ να απαντήσω",
            "άλλο δεν ξέρω",
        ),
    },
    "it": {
        "asset": (
            "senza etichetta",
            "l'etichetta si è staccata",
            "il numero non si legge",
            "sono a casa, non posso guardare l'etichetta",
        ),
        "os": ("sistema operativo: boh",),
        "started": (
            "non so da quando",
            "difficile dire da quando",
        ),
        "error": (
            "codice errore non c'è",
            "l'errore non me lo sono segnato",
        ),
        "account": ("ho dimenticato lo username",),
        "deadline": ("nessuna scadenza",),
        "extension": ("non so l'interno",),
        "rest": (
            "il resto non lo so",
            "agli altri punti non so rispondere",
            "non so altro",
            "tutto il resto boh",
        ),
    },
}
PASSWORDS = {
    "uk": "kpike, а пароль не знаю",
    "en": "kpike, no idea of the password",
    "sk": "kpike, heslo neviem",
    "el": "kpike, τον κωδικό δεν τον ξέρω",
    "it": "kpike, la password non la so",
}
WHOLE = ("started", "tried", "urgency")  # what is left where the rest can't be told
SAID = [
    (language, name, words)
    for language, by_name in UNKNOWN.items()
    for name, each in by_name.items()
    for words in each
]


def read(language, name, words):
    category, asked = CARDS[name]
    left = WHOLE if name == "rest" else (name,)
    told = [OTHERS[language][other] for other in asked if other not in left]
    return read_answers(
        ". ".join([*told, words]),
        reader=READER,
        asked=asked,
        category=category,
        language=language,
        now=NOW,
    )


@pytest.mark.parametrize(("language", "name", "words"), SAID)
def test_what_is_not_known_is_declined_and_nothing_else(language, name, words):
    answers = read(language, name, words)
    left = {*WHOLE} if name == "rest" else {name}
    assert answers.declined == left
    assert answers.filled.keys() & {*CARDS[name][1]} == {*CARDS[name][1]} - left


@pytest.mark.parametrize(("language", "words"), PASSWORDS.items())
def test_an_unknown_password_leaves_the_login_as_it_is(language, words):
    answers = read(language, "account", words)
    assert answers.filled["account"] == "kpike"
    assert not answers.declined
