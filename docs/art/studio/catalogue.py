"""What is drawn for which brand; the names of the pictures are those of the files."""

from __future__ import annotations

from collections.abc import Callable

from .logos_home import logo_benches, logo_home, logo_key, logo_lantern, logo_station, logo_window
from .logos_tools import logo_abacus, logo_desk, logo_gear, logo_scales, logo_scroll, logo_steelyard, logo_stethoscope
from .logos_ways import logo_bridge, logo_leaf, logo_road, logo_sails
from .paint import Logo, Scene
from .scenes_bench import steelyard, workbench
from .scenes_city import hall_steps, morning_city, night_blocks, offices, sunrise, works
from .scenes_country import clinic, greenhouse, terraces, village
from .scenes_courtyard import courtyard
from .scenes_desk import lamp_desk, ledger_desk, window_desk
from .scenes_hall import canteen, service_hall, shelves
from .scenes_lane import lane
from .scenes_road import dawn_road, night_road
from .scenes_school import night_class, school
from .scenes_street import kiosk, market, roofs
from .scenes_water import arch_bridge, cable_bridge, river_bend, sails, wetland

LOGOS: dict[str, Callable[[Logo], None]] = {
    "yangguang-tianping": logo_scales,
    "aibo-yilu": logo_road,
    "jingmin-ejia": logo_home,
    "bandeng-tiaojie": logo_benches,
    "yichuang-tongxin": logo_window,
    "bangban-xiaozhan": logo_station,
    "yimi-shuzhuo": logo_desk,
    "jiamenkou-tingzhenqi": logo_stethoscope,
    "zhitong-wanjia": logo_bridge,
    "jiangxin-yexiao": logo_gear,
    "fangxin-cheng": logo_steelyard,
    "yiben-mingbaizhang": logo_abacus,
    "yinling-denghuo": logo_lantern,
    "yiye-zhiqing": logo_leaf,
    "laojie-xinlin": logo_key,
    "lantai-youguang": logo_scroll,
    "qingchun-hehuoren": logo_sails,
}

SCENES: dict[str, dict[str, Callable[[Scene], None]]] = {
    "yangguang-tianping": {"steps": hall_steps, "sunrise": sunrise},
    "aibo-yilu": {"dawn-road": dawn_road, "bridge": cable_bridge},
    "jingmin-ejia": {"night-homes": night_blocks, "lane": lane},
    "bandeng-tiaojie": {"courtyard": courtyard, "eaves": lambda g: lane(g, night=False)},
    "yichuang-tongxin": {"hall": service_hall, "morning-city": morning_city},
    "bangban-xiaozhan": {"kiosk": kiosk, "village": village},
    "yimi-shuzhuo": {"window-desk": window_desk, "school": school},
    "jiamenkou-tingzhenqi": {"clinic": clinic, "night-round": night_road, "herbs": terraces},
    "zhitong-wanjia": {"arch-bridge": arch_bridge, "works": works},
    "jiangxin-yexiao": {"night-class": night_class, "workbench": workbench},
    "fangxin-cheng": {"market": market, "steelyard": steelyard},
    "yiben-mingbaizhang": {"ledger": ledger_desk, "column": offices},
    "yinling-denghuo": {
        "lantern-night": lambda g: night_blocks(
            g,
            ("#27314F", "#5A5878", "#B98A86"),
            "#5D5C7C",
            "#434468",
            "#2C2E50",
            "#FFC267",
            snow=True,
            place=(380, 190),
        ),
        "canteen": canteen,
        "yard-night": lambda g: courtyard(g, night=True, blocks=True),
    },
    "yiye-zhiqing": {"river": river_bend, "wetland": wetland},
    "laojie-xinlin": {"roofs": roofs, "yard-tree": lambda g: courtyard(g, blocks=True)},
    "lantai-youguang": {"shelves": shelves, "lamp-desk": lamp_desk},
    "qingchun-hehuoren": {"sails": sails, "greenhouse": greenhouse},
}
