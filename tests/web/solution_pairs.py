"""True pairs of a need and the offer that answers it, each in two different languages of the five: invented examples."""

from __future__ import annotations

from typing import NamedTuple


class Pair(NamedTuple):
    """A need and the offer that answers it, each with its language."""

    need_language: str
    need: str
    offer_language: str
    offer: str


PAIRS = (
    Pair("de", "Abwärme aus Rechenzentren in das Wärmenetz aufnehmen", "ja", "データセンターの排熱を地域暖房に利用する"),
    Pair("de", "Wie finanzieren wir die Sanierung von Wohngebäuden?", "zh-Hans", "为住宅节能改造提供融资的循环基金"),
    Pair(
        "de",
        "Fernwärme auf erneuerbare Quellen umstellen",
        "da",
        "Omstilling af fjernvarme til vedvarende energi med store varmepumper",
    ),
    Pair("de", "Elektrobusse im Nahverkehr einführen", "zh-Hans", "城市公交车全面电动化的运营经验"),
    Pair("de", "Radschnellwege planen und bauen", "da", "Planlægning af supercykelstier mellem kommuner"),
    Pair("de", "Bürger an der Klimaplanung beteiligen", "ja", "気候市民会議の運営方法"),
    Pair("de", "Photovoltaik auf Schuldächern", "en", "Solar panels on the roofs of public schools"),
    Pair("de", "Lebensmittelabfälle getrennt sammeln und vergären", "ja", "生ごみの分別収集とバイオガス化"),
    Pair("da", "Regnvandshåndtering og skybrudssikring i byen", "de", "Schwammstadt: Regenwasser zurückhalten und versickern"),
    Pair("da", "Hvordan får vi industrien til at spare energi?", "zh-Hans", "工业园区节能诊断与能源管理"),
    Pair("en", "Retrofit of old apartment buildings", "ja", "既存集合住宅の断熱改修"),
    Pair("en", "Low-emission zone for delivery vans", "de", "Umweltzone für Lieferwagen und Stadtlogistik mit Lastenrädern"),
    Pair("en", "Reducing water losses in the distribution network", "ja", "水道管の漏水対策"),
    Pair("en", "Green bonds for city investments", "zh-Hans", "发行绿色债券为城市投资融资"),
    Pair("ja", "住民参加による再生可能エネルギー事業", "de", "Bürgerenergiegenossenschaft gründen"),
    Pair("ja", "古い工場の跡地を公園に再生する", "de", "Industriebrachen in Parks umwandeln"),
    Pair("ja", "公共建築物の省エネルギー管理", "en", "Energy management of municipal buildings"),
    Pair("zh-Hans", "垃圾分类与资源回收", "da", "Affaldssortering og genanvendelse"),
    Pair("zh-Hans", "建设自行车友好型城市", "en", "Building a cycling city: lanes, parking and signals"),
    Pair("zh-Hans", "污水处理厂的能源回收", "de", "Energie aus der Kläranlage gewinnen"),
)
"""Twenty pairs."""

HELD_OUT = (
    Pair("de", "Wir wollen Heizen mit Flusswasser lernen", "da", "Havvand som varmekilde i Esbjerg-lignende anlæg (eksempel)"),
    Pair("de", "Kleine Betriebe beim Stromverbrauch unterstützen", "ja", "中小事業者向けの節電アドバイザー派遣"),
    Pair("de", "Autofreie Innenstadt", "da", "Bilfri bymidte med forsøg over to somre"),
    Pair("da", "Lastbiler på el i havneområdet", "zh-Hans", "港区电动重卡换电站"),
    Pair(
        "da",
        "Hvem har erfaring med træhuse i mange etager?",
        "en",
        "Tall wooden apartment blocks: how we approved the first five",
    ),
    Pair(
        "en", "Helping poor households pay for warmer homes", "de", "Zuschüsse für einkommensschwache Mieter bei der Wärmedämmung"
    ),
    Pair("en", "Reusing heat from the underground railway", "zh-Hans", "利用地铁废热为办公楼供暖"),
    Pair("en", "What to plant in streets against hot summers", "ja", "街路樹による日陰づくりと打ち水"),
    Pair("ja", "小学生と一緒に考える気候教室", "da", "Klimaundervisning i folkeskolen"),
    Pair("ja", "炭鉱閉山後の雇用転換", "de", "Neue Arbeit nach dem Ende des Bergbaus"),
    Pair("zh-Hans", "如何减少建筑工地的废弃物", "ja", "建設現場の廃材を減らす取り組み"),
    Pair("zh-Hans", "电力需求响应与空调负荷", "en", "Shifting cooling loads to hours with plenty of renewable electricity"),
)
"""Twelve pairs written after the terms of the field were collected, in other words than theirs."""
