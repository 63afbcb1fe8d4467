"""The words of networks: who belongs to them, which members are tied, and what is missing."""

from citytandem.words.catalogue import translatable as _

NETWORKS: dict[str, str] = {
    "web.way.networks": _("Networks"),
    # the list
    "web.networks.title": _("Networks"),
    "web.networks.answer": _(
        "Networks and programmes in which cities meet, alphabetical. Of {known} of them we hold a list of members; of the others only "
        "what a source says about them."
    ),
    "web.networks.table": _("Networks and programmes"),
    "web.networks.name": _("Name"),
    "web.networks.kind": _("Kind"),
    "web.networks.kind.network": _("city network"),
    "web.networks.kind.programme": _("programme"),
    "web.networks.founded": _("Founded"),
    "web.networks.known": _("Members known here"),
    "web.networks.told": _("Members as last counted in a source"),
    "web.networks.count": _("{count} ({year})"),
    "web.networks.not_held": _("no list"),
    "web.networks.how": _(
        "A number of members comes from the publication named beside it; where a source gives no year, none is shown. Only what was read "
        "in its source stands here."
    ),
    # one network
    "web.network.answer": _(
        "Of the {members} members of {network} we know, {balances} have a published balance and {stages} have published stages of their "
        "measures; {tied} are tied to at least one other member."
    ),
    "web.network.none": _(
        "We hold no list of the members of {network}. A list with its source and year would open this page: the members on a map, the ties "
        "among them, and what is missing."
    ),
    "web.network.facts": _("What a source says about it"),
    "web.network.no_facts": _("We hold no description of this network beyond the list of its members."),
    "web.network.list_source": _("List of members: {source}, {year}."),
    "web.network.places": _("Where are the members?"),
    "web.network.map": _(
        "A map with dots for the {count} members; those with a published balance stand out. The table below holds them all."
    ),
    "web.network.map_told": _("Dark dots are members with a published balance, pale dots the other members."),
    "web.network.members": _("Who are the members?"),
    "web.network.members_table": _("Members, alphabetical"),
    "web.network.choose": _("Beside"),
    "web.network.choose_city": _("Put {city} side by side with others"),
    "web.network.choose_hint": _("Tick two to six members to see them side by side."),
    "web.network.newest": _("Newest balance"),
    "web.network.newest_method": _("Its method"),
    "web.network.stages": _("Stages"),
    "web.network.published": _("published"),
    "web.network.unpublished": _("not published"),
    "web.network.no_balance": _("none known"),
    "web.network.tie_count": _("Ties to members"),
    "web.network.csv": _("Members as a file (CSV)"),
    "web.network.list": _("The same members in the list of cities"),
    "web.network.ties": _("Which members are tied to each other?"),
    "web.network.ties_answer": _(
        "{ties} ties between two members are known to us: partnerships, friendships, contacts and joint projects."
    ),
    "web.network.ties_none": _("No tie between two of these members is known to us."),
    "web.network.ties_table": _("Ties among members"),
    "web.network.tie_city": _("One city"),
    "web.network.tie_other": _("The other city"),
    "web.network.tie_kind": _("Kind of the tie"),
    "web.network.tie_since": _("Since"),
    "web.network.alone": _("Members without a known tie to another member ({count})"),
    "web.network.alone_text": _(
        "No source we hold names a tie from these to another member. That says nothing about how active they are, nor about ties to cities "
        "outside the network; it shows where a first talk would be new."
    ),
    "web.network.alone_none": _("Every member is tied to at least one other member."),
    "web.network.missing": _("What is missing, and what would it open?"),
    "web.network.missing_balance": _("No balance known of {count} members"),
    "web.network.missing_balance_text": _(
        "With a published balance a member can be compared, sees its peers and gets advice. Bringing a file that exists takes about an hour."
    ),
    "web.network.missing_stages": _("No stages of measures known of {count} members"),
    "web.network.missing_stages_text": _(
        "Published stages say who has already done what, so that members can be told whom to ask. The self-check takes about two hours."
    ),
    "web.network.missing_none": _("Every member has published a balance and its stages."),
    "web.network.order": _("Everything on this page stands in the order of the alphabet."),
    # the coordinator's room
    "web.network.room": _("Network"),
    "web.network.room_title": _("Members of {network}"),
    "web.network.room_answer": _(
        "Of the {members} members we know, {teams} have a team on this site. {balances} have a balance you can see, {stages} the stages of "
        "their measures."
    ),
    "web.network.room_invented": _(
        "This network is invented. Its members here are the cities with an invented team; the facts about the cities are real."
    ),
    "web.network.room_none": _(
        "No members are known of this network. Ask whoever runs this site to name the network of your organisation, or to add its list of "
        "members with source and year."
    ),
    "web.network.room_public": _("The page of this network that everybody sees"),
    "web.network.team": _("Team here"),
    "web.network.team_yes": _("yes"),
    "web.network.team_no": _("not yet"),
    "web.network.network_years": _("Balances shared with the network"),
    "web.network.last": _("Last activity"),
    "web.network.invite": _("Members without a team here ({count})"),
    "web.network.invite_text": _(
        "Whoever runs this site opens a team for a city and invites its first person. Tell them the city and an e-mail address, ideally of "
        "the climate officer."
    ),
    "web.network.invite_none": _("Every member has a team on this site."),
}
