"""Streets: a kiosk, a market, roofs seen from above."""

from __future__ import annotations

from .nature import grove, hills, sun, tree
from .paint import Scene, mix
from .shapes import leaf, polar, sweep
from .town import town


def kiosk(g: Scene) -> None:
    """A lit kiosk between two trees."""
    g.sky("#F8EBD2", "#F4D3A6", "#EBB27C", bottom=640)
    sun(g, 1260, 330, 80, "#FFF0C4", "#FFC878", 0.55)
    town(g, (700, 80, 300), "#DDA777", "#F0CE9E", (400, 700), 0.12, wide=(60, 120))
    town(g, (720, 50, 210), "#C17F5C", "#E2B080", (500, 720), 0.15, wide=(80, 160))
    g.ground(716, "#EBC492", "#B56B48", 0.15)
    g.ground(860, "#A65A42", "#71302A", 0.3)
    g.shade(g.stencil().rect(0, 860, 1600, 868), "#F6D9A6", 0.7)
    back, front = g.stencil(), g.stencil()
    trunks = g.stencil()
    tree(g, back, 300, 800, 520, trunks)
    tree(g, back, 1330, 800, 430, trunks)
    g.layer(trunks, "#5A2A20", "#43201A", (500, 800), 0.3, (-8, 2, 10))
    g.layer(back, "#3F7A68", "#24564B", (280, 640), 0.4, (-10, 6, 20))
    for x, y, r in ((270, 390, 90), (1310, 470, 70)):
        g.shade(g.stencil().disc(x + 60, y - 30, r), "#A9B877", 0.35, 30)
    booth(g)
    g.glow(770, 620, 330, "#FFC367", 0.6)
    g.glow(770, 830, 320, "#FFC367", 0.35, 0.3)
    bench = g.stencil().rect(1130, 744, 1420, 762, 6).rect(1130, 704, 1420, 718, 6).rect(1130, 724, 1420, 736, 5)
    bench.rect(1160, 700, 1174, 822).rect(1376, 700, 1390, 822)
    g.shade(g.stencil().disc(1270, 824, 160, 12), "#5A2018", 0.5, 8)
    g.layer(bench, "#8A3B2A", "#5A221C", (700, 820), 0.35, (-6, 6, 8))
    for x, k in ((90, 1), (1520, 1.2), (180, 0.8)):
        for i in range(9):
            a = 30 + i * 15
            front.poly(leaf((x, 1010), polar(x, 1010, 190 * k * g.random.uniform(0.7, 1), a), 20 * k))
    g.layer(front, "#2C6455", "#173F37", (820, 1000), 0.35)


def booth(g: Scene) -> None:
    """The kiosk itself: a lit counter under a red awning."""
    g.shade(g.stencil().poly([(560, 800), (1080, 800), (960, 850), (400, 850)]), "#5A2018", 0.5, 12)
    g.box((590, 470, 1050, 806), "#FBEBCB", "#E9BE88", 0.4, (-10, 4, 20), r=4)
    g.box((640, 540, 900, 700), "#FFE3A1", "#F2A94F", 0, r=4)
    g.shade(g.stencil().rect(767, 540, 773, 700).rect(640, 612, 900, 616), "#9B4A2A", 0.8)
    g.layer(g.stencil().rect(620, 698, 920, 718, 4), "#9B1B1F", shadow=0.4, lift=(0, 8, 10))
    g.box((934, 560, 1020, 806), "#8C1E20", "#64161A", 0.15, r=4)
    g.shade(g.stencil().rect(948, 578, 1006, 680, 3), "#F9CF84", 0.9)
    g.layer(
        g.stencil().poly([(530, 484), (1110, 484), (1010, 350), (630, 350)]),
        "#B7302B",
        "#861A1D",
        (350, 484),
        0.5,
        (0, 12, 16),
    )
    stripes = g.stencil()
    for i in range(1, 10):
        t = i / 10
        stripes.stroke([(630 + 380 * t, 350), (530 + 580 * t, 484)], 4, cap=False)
    g.shade(stripes, "#E38A62", 0.6)
    g.layer(g.stencil().rect(604, 338, 1036, 358, 8), "#CE5240", shadow=0.3)


def market(g: Scene) -> None:
    """Two rows of market stalls."""
    g.sky("#F9EBD0", "#F5CF98", "#EBA868", bottom=520)
    sun(g, 330, 230, 84, "#FFF2CA", "#FFC672", 0.6)
    town(g, (600, 60, 260), "#D89C6C", "#F0CC9A", (340, 600), 0.12, wide=(60, 130))
    g.ground(590, "#E9B97F", "#A85B3C", 0.1)
    for base, k, xs in ((700, 0.62, (-20, 250, 520, 790, 1060, 1330, 1600)), (900, 1.1, (60, 540, 1020, 1500))):
        for n, x in enumerate(xs):
            stall(g, x, base, k, ("#A8231F" if (n + (k > 1)) % 2 == 0 else "#B8893B", "#FBEFD6"))
        if base == 700:
            g.mist(690, 50, "#F6D39C", 0.35)
            g.shade(g.stencil().poly([(-10, 700), (1610, 700), (1610, 720), (-10, 720)]), "#5A2018", 0.3, 8)
    g.shade(g.stencil().rect(0, 900, 1600, 925), "#4A170F", 0.5, 10)
    g.shade(g.stencil().poly([(-100, 0), (300, 0), (1300, 1010), (500, 1010)]), "#FFE2A4", 0.22, 60)


def stall(g: Scene, x: float, base: float, k: float, stripe: tuple[str, str]) -> None:
    """A stall with heaps of fruit under a striped awning."""
    w = 210 * k
    g.layer(
        g.stencil()
        .rect(x - w * 0.96, base - 300 * k, x - w * 0.92, base)
        .rect(x + w * 0.92, base - 300 * k, x + w * 0.96, base),
        "#7A3A28",
        "#542319",
        (base - 300 * k, base),
        0.2,
    )
    g.layer(
        g.stencil().rect(x - w * 0.9, base - 300 * k, x + w * 0.9, base - 60 * k),
        "#8A3B2A",
        "#5E221C",
        (base - 300 * k, base),
        0.1,
        alpha=0.75,
    )
    heaps(g, x, base, k, w)
    stand = g.stencil().rect(x - w * 0.94, base - 96 * k, x + w * 0.94, base)
    g.layer(stand, "#B5693F", "#74321F", (base - 96 * k, base), 0.4, (0, 8, 12))
    g.shade(g.stencil().rect(x - w * 0.94, base - 96 * k, x + w * 0.94, base - 88 * k), "#F6CE92", 0.8)
    planks = g.stencil()
    for i in range(1, 9):
        planks.rect(x - w * 0.94 + i * w * 0.209 - 1, base - 88 * k, x - w * 0.94 + i * w * 0.209 + 1, base)
    g.shade(planks, "#4E1F16", 0.5)
    for i in range(8):
        a0, a1 = x - w * 0.8 + i * w * 0.2, x - w * 0.8 + (i + 1) * w * 0.2
        b0, b1 = x - w * 1.06 + i * w * 0.265, x - w * 1.06 + (i + 1) * w * 0.265
        y0, y1 = base - 360 * k, base - 262 * k
        c = stripe[i % 2]
        s = (
            g.stencil()
            .poly([(a0, y0), (a1, y0), (b1, y1), (b0, y1)])
            .poly(sweep((b0 + b1) / 2, y1, (b1 - b0) / 2, 180, 360))
        )
        g.layer(s, mix(c, "#FFFFFF", 0.1), mix(c, "#6A2A18", 0.28), (y0, y1 + 26 * k), 0.35, (0, 8 * k, 10 * k))


def heaps(g: Scene, x: float, base: float, k: float, w: float) -> None:
    """Four kinds of fruit, each piled up in three rows."""
    goods = g.random.sample(["#C8402E", "#E39A35", "#7E9A4A", "#D9752E", "#9B1B1F", "#B9B04A"], 4)
    for i in range(4):
        cx = x - w * 0.66 + i * w * 0.44
        for row, cnt in ((0, 4), (1, 3), (2, 2)):
            heap = g.stencil()
            for j in range(cnt):
                heap.disc(cx + (j - (cnt - 1) / 2) * 21 * k, base - 104 * k - row * 16 * k, 12.5 * k)
            g.layer(
                heap,
                mix(goods[i], "#FFE9B0", 0.35),
                mix(goods[i], "#4A1410", 0.2),
                (base - 150 * k, base - 88 * k),
                0.3,
                (0, 3, 4),
            )


def roofs(g: Scene) -> None:
    """A sea of tiled roofs."""
    g.sky("#FBE9C6", "#F7C58A", "#E9925E", bottom=460)
    sun(g, 1180, 300, 100, "#FFF1C4", "#FFB65E", 0.65)
    hills(g, (340, 60, "#E2A076", "#F1C394"), (390, 40, "#C9785A", "#E3A47A"))
    clock_tower(g)
    for row in range(7):
        k = 0.34 + row * 0.17
        base = 440 + row * row * 8.6 + row * 34
        x = -160 * g.random.random() - 40
        tone = row / 6
        while x < 1640:
            x = tiled_house(g, x, base, k, tone)
        if 1 < row < 6 and g.random.random() < 0.9:
            grove(
                g,
                ((g.random.uniform(0, 1600), base + 60 * k, 150 * k) for _ in range(3)),
                mix("#6F9A78", "#2F6B5E", tone),
                mix("#5A8A6C", "#1F4F45", tone),
                (base - 90 * k, base + 60 * k),
                0.3,
            )
        if row < 3:
            g.mist(base + 16, 34, "#FAD7A0", 0.35)


def clock_tower(g: Scene) -> None:
    """A tower with a clock behind the roofs."""
    tower = g.stencil().rect(320, 150, 392, 470).poly([(308, 156), (356, 76), (404, 156)]).rect(308, 236, 404, 248)
    g.layer(tower, "#A8483A", "#C9785A", (80, 470), 0.2)
    g.layer(g.stencil().disc(356, 196, 25), "#FFF0CC", shadow=0.1)
    g.shade(g.stencil().stroke([(356, 196), (356, 180)], 3).stroke([(356, 196), (368, 200)], 3), "#5A1A18", 1)


def tiled_house(g: Scene, x: float, base: float, k: float, tone: float) -> float:
    """A house with a tiled roof, its left corner at `x`; gives back the place of the next one."""
    w = (190 + g.random.uniform(-30, 60)) * k
    h = 92 * k * g.random.uniform(0.9, 1.12)
    y = base + g.random.uniform(-16, 16) * k
    wall = mix("#F3CFA0", "#F8E6C6", tone)
    g.layer(
        g.stencil().rect(x + w * 0.08, y, x + w * 0.92, y + 200 * k),
        wall,
        mix(wall, "#A8603E", 0.5),
        (y, y + 130 * k),
        0.2,
    )
    panes = g.stencil()
    for i in range(2):
        panes.rect(x + w * (0.2 + 0.36 * i), y + 30 * k, x + w * (0.2 + 0.36 * i) + 30 * k, y + 66 * k, 2)
    g.shade(panes, "#FFD684" if g.random.random() < 0.45 else "#7E3A2C", 0.95)
    red = g.random.choice(["#B8402F", "#A62C27", "#C2553A", "#8E2424", "#9B3A34"])
    top0, top1 = mix(red, "#F1B27E", 0.5 * (1 - tone)), mix(red, "#3E0E10", 0.30 * tone + 0.12)
    skew = g.random.uniform(-0.1, 0.1) * w
    roof = g.stencil().poly(
        [(x, y + 8 * k), (x + w * 0.16 + skew, y - h), (x + w * 0.84 + skew, y - h), (x + w, y + 8 * k)]
    )
    g.layer(roof, mix(top0, "#FFD9A0", 0.14), top1, (y - h, y + 8 * k), 0.42, (-4, 6 * k, 10 * k))
    tiles = g.stencil()
    for i in range(1, 13):
        f = i / 13
        tiles.stroke([(x + w * 0.16 + skew + w * 0.68 * f, y - h), (x + w * f, y + 8 * k)], 1 + 1.6 * k, cap=False)
    g.shade(tiles, mix(top1, "#2A0808", 0.4), 0.38)
    g.layer(
        g.stencil().rect(x + w * 0.13 + skew, y - h - 6 * k, x + w * 0.87 + skew, y - h + 5 * k, 3 * k),
        mix(red, "#FFE2B4", 0.35),
        shadow=0.2,
    )
    if g.random.random() < 0.3:
        cx = x + w * g.random.uniform(0.3, 0.7)
        g.layer(
            g.stencil().rect(cx - 11 * k, y - h - 36 * k, cx + 11 * k, y - h * 0.55),
            mix(wall, "#B5603E", 0.3),
            top1,
            (y - h - 36 * k, y - h * 0.4),
            0.35,
            (4, 3, 6),
        )
    return x + w * g.random.uniform(0.9, 1.02)
