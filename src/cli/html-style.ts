/** The style of the page: no font, picture or script from elsewhere, dark and light, wide and narrow, on paper. */
export const HTML_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --text: #1b2330; --quiet: #566073; --line: #d9dee6;
  --accent: #0b6e4f; --track: #e3e8ee; --notice: #fff0c2; --notice-text: #4d3900;
  --gone: #fbe4e4; --gone-text: #7d1f28; --bad: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #10141a; --card: #181e27; --text: #e4e9f1; --quiet: #9aa6b8; --line: #2d3644;
    --accent: #4fce9f; --track: #2a3340; --notice: #4a3a0c; --notice-text: #ffe7a3;
    --gone: #3d2226; --gone-text: #ffb9bd; --bad: #ff8a80;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 1500px; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2.5rem 0 .75rem; }
h3 { display: inline; font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
p { margin: .25rem 0; }
a { color: inherit; }
code, pre, .call { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
.quiet, .facts, figcaption, .more { color: var(--quiet); }
.bad { color: var(--bad); font-weight: 700; }
.totals { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1px; margin: 1.5rem 0 0; background: var(--line); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.totals div { background: var(--card); padding: .8rem 1rem; }
.totals dt { color: var(--quiet); font-size: .85rem; }
.totals dd { margin: 0; font-size: 1.5rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.totals .saved dd { color: var(--accent); }
.bar { height: 6px; border-radius: 3px; background: var(--track); overflow: hidden; margin-top: .75rem; }
.bar span { display: block; height: 100%; background: var(--accent); }
.decisions { width: 100%; border-collapse: separate; border-spacing: 0; background: var(--card); border: 1px solid var(--line); border-radius: 10px; font-variant-numeric: tabular-nums; }
.decisions th, .decisions td { text-align: left; padding: .45rem .75rem; border-bottom: 1px solid var(--line); vertical-align: top; }
.decisions th { color: var(--quiet); font-weight: 500; font-size: .85rem; }
.decisions td:nth-child(2) { overflow-wrap: anywhere; }
.decisions .numeric { text-align: right; white-space: nowrap; }
.decisions tfoot td, .decisions tfoot th { border-bottom: 0; font-weight: 650; color: inherit; font-size: inherit; }
.decisions .share { color: var(--quiet); }
.decisions .rewritten .share { color: var(--accent); }
.result { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: 0 0 1rem; }
.result > summary { padding: .75rem 1rem; cursor: pointer; }
.result > .facts { padding: 0 1rem .75rem; font-size: .9rem; }
.call { color: var(--quiet); font-size: .85rem; overflow-wrap: anywhere; }
.percent { float: right; margin-left: 1rem; color: var(--accent); font-weight: 650; font-variant-numeric: tabular-nums; }
.panes { border-top: 1px solid var(--line); font-size: 12.5px; line-height: 1.45; }
.scroll { max-height: 36rem; overflow: auto; }
.scroll:focus-visible, summary:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; border-radius: 4px; }
.two { display: grid; grid-template-columns: 1fr 1fr; }
figure { margin: 0; min-width: 0; }
figure + figure { border-left: 1px solid var(--line); }
figcaption, .aligned th { padding: .4rem .75rem; font-size: .85rem; font-weight: 500; border-bottom: 1px solid var(--line); }
pre { margin: 0; padding: .5rem .75rem; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; }
.more { padding: .4rem .75rem; border-top: 1px solid var(--line); }
.aligned { width: 100%; border-collapse: collapse; table-layout: fixed; }
.aligned th { text-align: left; color: var(--quiet); position: sticky; top: 0; background: var(--card); }
.aligned col.number { width: 4rem; }
.aligned col.after { width: 50%; }
.aligned td { vertical-align: top; padding: .05rem .75rem; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
.aligned td:last-child, .aligned th:last-child { border-left: 1px solid var(--line); }
.aligned td.number { text-align: right; color: var(--quiet); user-select: none; padding: .05rem 0; }
.aligned tbody tr:first-child td { padding-top: .4rem; }
.aligned tbody tr:last-child td { padding-bottom: .4rem; }
.gone, del { background: var(--gone); color: var(--gone-text); border-radius: 4px; text-decoration: none; }
.gone { padding: .05rem .4rem; margin: .1rem 0; white-space: normal; font-family: system-ui, -apple-system, "Segoe UI", sans-serif; }
.gone summary { cursor: pointer; }
.gone pre { max-height: 24rem; overflow: auto; }
mark { background: var(--notice); color: var(--notice-text); border-radius: 4px; padding: .05rem .25rem; font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
@media (max-width: 720px) {
  main { padding: 1.25rem .75rem 3rem; }
  .totals { grid-template-columns: 1fr 1fr; }
  .totals dd { font-size: 1.25rem; }
  .decisions .wide { display: none; }
  .decisions th, .decisions td { padding: .4rem .5rem; }
  .two { grid-template-columns: 1fr; }
  figure + figure { border-left: 0; border-top: 1px solid var(--line); }
  .two .scroll { max-height: 18rem; }
  .aligned { font-size: 11px; }
  .aligned th, .aligned td { padding-left: .4rem; padding-right: .4rem; }
  .aligned col.number { width: 2.25rem; }
  .aligned td.number { font-size: 10px; }
}
@media print {
  .scroll { max-height: none; overflow: visible; }
}
`;
