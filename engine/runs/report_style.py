"""How a report looks: its style sheet, on dark and on light, on a narrow page and on paper. Knows no run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: Classes of the curves of several runs, in turn: their colours on light and on dark.
RUNS: Final = (
    ("#0072B2", "#56B4E9"), ("#C24E00", "#E69F00"), ("#127350", "#3FB68B"), ("#8E3F9E", "#D48BDE"),
    ("#B3264A", "#F5859B"), ("#4E5868", "#B4BDCB"), ("#7A6200", "#DCCB3F"), ("#0F7480", "#5CCBD6"),
)  # fmt: skip
#: The colour of each of the palette's groups, as on the canvas.
GROUPS: Final[Mapping[str, str]] = {
    "input": "#8A94A6", "core": "#7AA2C8", "convolution": "#F08A3C", "pooling": "#D9A514", "recurrent": "#3BAA7B",
    "attention": "#C46BD6", "normalization": "#2FA7B8", "regularization": "#E0607E", "activation": "#8DB23A",
    "merging": "#7D6BE0", "augmentation": "#A9815B", "preprocessing": "#A9815B",
}  # fmt: skip
_LIGHT: Final = """--bg:#fff;--text:#1A1E26;--second:#4E5868;--line:#D8DDE5;--field:#F2F4F7;--node:#fff;
--train:#0072B2;--val:#C24E00;"""
_DARK: Final = """--bg:#1A1D24;--text:#E8EBF1;--second:#A6AFBD;--line:#2D333F;--field:#14161B;--node:#232832;
--train:#56B4E9;--val:#E69F00;"""
_SHEET: Final = """
*{box-sizing:border-box}
body{font:14px/1.5 system-ui,sans-serif;background:var(--bg);color:var(--text);max-width:1028px;margin:32px auto;
padding:0 24px;overflow-wrap:anywhere}
h1{font-size:22px;line-height:1.3;margin:0 0 4px}h2{font-size:17px;line-height:1.3;margin:48px 0 4px;padding-top:24px;
border-top:1px solid var(--line)}
h3{font-size:14px;margin:28px 0 8px}h4{font-size:12px;font-weight:600;margin:0 0 4px;color:var(--second)}
p{margin:4px 0 12px}.wide+p{margin-top:8px}.second{color:var(--second)}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:4px 12px 4px 0;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--second);font-weight:400}th:last-child,td:last-child{padding-right:0}
.pairs th{width:220px}.pairs tr:first-child>*,.grid thead th{border-top:0}
.figure{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.best{font-weight:600}
.wide{overflow-x:auto}.wide td,.wide th{min-width:72px}.wide th:first-child{min-width:112px}
.plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(400px,100%),1fr));gap:20px 28px}
.keys{display:flex;flex-wrap:wrap;gap:2px 16px;margin:0 0 12px;color:var(--second)}
.key{display:inline-block;width:16px;height:3px;border-radius:2px;margin:0 6px 4px 0}
svg.plot{display:block;width:100%}polyline{fill:none;stroke-width:1.75;stroke-linejoin:round}
.dot{stroke:none}.rule{stroke:var(--line)}.mark{stroke:var(--second);stroke-dasharray:3 3}
.tick{font-size:11px;fill:var(--second);font-variant-numeric:tabular-nums}
.end{text-anchor:end}.mid{text-anchor:middle}
.steps{stroke:var(--train);fill:var(--train);stroke-opacity:.35;fill-opacity:.35}polyline.steps{fill:none;stroke-width:1}
.train{stroke:var(--train)}circle.train{fill:var(--train)}.val{stroke:var(--val)}circle.val{fill:var(--val)}
.drawing{background:var(--field);border:1px solid var(--line);border-radius:8px;overflow-x:auto}
.drawing svg{display:block;width:100%;margin:auto}
.wire{fill:none;stroke:var(--second);stroke-width:1.5}.node rect{fill:var(--node);stroke:var(--line)}
.node .bar{fill:#7C86A0;stroke:none}.name{font:600 13px system-ui,sans-serif;fill:var(--text)}
.kind{font:11px system-ui,sans-serif;fill:var(--second)}
@media(max-width:600px){body{margin:20px auto;padding:0 16px}.pairs th{width:40%}}
@media print{body{max-width:none;margin:0;padding:0}svg,tr,.plots>div{break-inside:avoid}
h1,h2,h3,h4{break-after:avoid}.key,.bar{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.drawing{overflow:visible}.drawing svg{min-width:0!important}}
"""


def sheet() -> str:
    """Spell the style sheet; on paper it is light, whatever the screen is."""
    light, dark = (_LIGHT + "".join(f"--r{n}:{tints[side]};" for n, tints in enumerate(RUNS)) for side in (0, 1))
    dark = dark.replace(_LIGHT, _DARK)
    runs = "".join(f".r{n}{{stroke:var(--r{n})}}circle.r{n}{{fill:var(--r{n})}}" for n in range(len(RUNS)))
    groups = "".join(f".node .g-{name}{{fill:{tint}}}" for name, tint in GROUPS.items())
    themes = f":root{{color-scheme:light dark;{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return themes + _SHEET + runs + groups
