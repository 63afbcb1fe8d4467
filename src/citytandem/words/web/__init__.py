"""The words of the site."""

from citytandem.words.web.accounts import ACCOUNTS
from citytandem.words.web.agendas import AGENDAS
from citytandem.words.web.agreements import AGREEMENTS
from citytandem.words.web.api import API
from citytandem.words.web.assessments import ASSESSMENTS
from citytandem.words.web.balances import BALANCES
from citytandem.words.web.buildings import BUILDINGS
from citytandem.words.web.city import CITY
from citytandem.words.web.events import EVENTS
from citytandem.words.web.lessons import LESSONS
from citytandem.words.web.mail import MAIL
from citytandem.words.web.method import METHOD
from citytandem.words.web.networks import NETWORKS
from citytandem.words.web.partnerships import PARTNERSHIPS
from citytandem.words.web.peers import PEERS
from citytandem.words.web.pilots import PILOTS
from citytandem.words.web.places import PLACES
from citytandem.words.web.profiles import PROFILES
from citytandem.words.web.programmes import PROGRAMMES
from citytandem.words.web.regions import REGIONS
from citytandem.words.web.registry import REGISTRY
from citytandem.words.web.shell import SHELL
from citytandem.words.web.solutions import SOLUTIONS
from citytandem.words.web.tours import TOURS

WEB: dict[str, str] = {
    **SHELL, **PLACES, **CITY, **PEERS, **ACCOUNTS, **BALANCES, **PROFILES, **PARTNERSHIPS, **NETWORKS, **METHOD, **MAIL, **API,
    **SOLUTIONS, **REGISTRY, **PROGRAMMES, **EVENTS, **AGENDAS, **TOURS, **AGREEMENTS, **LESSONS,
    **REGIONS, **PILOTS, **BUILDINGS, **ASSESSMENTS,
}  # fmt: skip
