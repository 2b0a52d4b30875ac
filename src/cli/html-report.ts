import { nameOfTool } from './decision-table.ts';
import { escapeHtml } from './escape-html.ts';
import { explainReason } from './explain-decision.ts';
import { htmlComparison } from './html-comparison.ts';
import { HTML_STYLE } from './html-style.ts';
import type { InspectedResult, Inspection } from './inspect-conversation.ts';
import { formatCount, formatSaved, savedPercent } from './number-format.ts';
import type { InputShape } from './read-conversation.ts';
import { compareResult } from './result-comparison.ts';
import { factsOf, titleOf } from './result-text.ts';
import { describeInput, describeSettings, summarizeRestorations } from './terminal-report.ts';

export interface HtmlReportOptions {
  readonly inputName: string;
  readonly shape: InputShape;
  /** Lines of each text that are shown. */
  readonly mostLines: number;
}

/** With more results than this, their texts are closed until one is opened. */
const MOST_OPEN = 20;

/**
 * The inspection as one page that needs nothing else: no network, no script. All that is not ours in it is escaped, and the
 * page forbids itself to load or run anything.
 */
export function htmlReport(inspection: Inspection, { inputName, shape, mostLines }: HtmlReportOptions): string {
  const { results } = inspection;
  const name = escapeHtml(inputName);
  const restored = summarizeRestorations(inspection);
  const hasFailure = results.some(({ restoration }) => restoration === 'failed');
  const opensAll = results.length <= MOST_OPEN;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>headroom-hooks inspect: ${name}</title>
<style>${HTML_STYLE}</style>
</head>
<body>
<main>
<h1>${name}</h1>
<p class="quiet">${escapeHtml(`${describeInput(inspection, shape)}. ${describeSettings(inspection)}`)}</p>
${totalsOf(inspection)}
${restored === undefined ? '' : `<p class="${hasFailure ? 'bad' : 'quiet'}">${escapeHtml(restored)}</p>`}
${results.length === 0 ? '' : `<h2>Decisions</h2>\n${decisionsOf(inspection)}\n<h2>Texts</h2>`}
${results.map((result) => resultOf(result, { mostLines, opensAll })).join('\n')}
</main>
</body>
</html>`;
}

function totalsOf({ metrics, results }: Inspection): string {
  const { tokensBefore, tokensAfter } = metrics;
  const rewritten = results.filter(({ decision }) => decision.rewriting !== undefined).length;
  const cards = [
    ['', 'tokens before', formatCount(tokensBefore)],
    ['', 'tokens after', formatCount(tokensAfter)],
    ['saved', 'saved', formatSaved(tokensBefore, tokensAfter)],
    ['', 'results rewritten', `${formatCount(rewritten)} of ${formatCount(results.length)}`],
  ].map(([kind, title, value]) => `<div class="${kind}"><dt>${title}</dt><dd>${value}</dd></div>`);
  const left = 100 - savedPercent(tokensBefore, tokensAfter);
  return `<dl class="totals">${cards.join('')}</dl>
<div class="bar" role="img" aria-label="${left.toFixed(1)} % of the tokens are left"><span style="width:${left.toFixed(1)}%"></span></div>`;
}

function decisionsOf({ results, metrics }: Inspection): string {
  const rows = results.map(({ number, decision, restoration }) => {
    const { contentKind, strategy, reason, tokensBefore, tokensAfter } = decision;
    const failed = restoration === 'failed' ? ' <strong class="bad">does not come back</strong>' : '';
    return `<tr${decision.rewriting === undefined ? '' : ' class="rewritten"'}><td class="numeric"><a href="#result-${number}">${number}</a></td><td>${escapeHtml(nameOfTool(decision))}${failed}</td><td class="wide">${contentKind}</td><td class="wide">${strategy}</td><td class="wide" title="${escapeHtml(explainReason(decision))}">${reason}</td><td class="numeric">${formatCount(tokensBefore)}</td><td class="numeric">${formatCount(tokensAfter)}</td><td class="numeric share">${formatSaved(tokensBefore, tokensAfter)}</td></tr>`;
  });
  const { tokensBefore, tokensAfter } = metrics;
  return `<table class="decisions">
<thead><tr><th scope="col" class="numeric">#</th><th scope="col">tool</th><th scope="col" class="wide">kind</th><th scope="col" class="wide">strategy</th><th scope="col" class="wide">reason</th><th scope="col" class="numeric">before</th><th scope="col" class="numeric">after</th><th scope="col" class="numeric">saved</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
<tfoot><tr><td></td><th scope="row">total</th><td class="wide"></td><td class="wide"></td><td class="wide"></td><td class="numeric">${formatCount(tokensBefore)}</td><td class="numeric">${formatCount(tokensAfter)}</td><td class="numeric">${formatSaved(tokensBefore, tokensAfter)}</td></tr></tfoot>
</table>`;
}

function resultOf(
  result: InspectedResult,
  { mostLines, opensAll }: { readonly mostLines: number; readonly opensAll: boolean },
): string {
  const { number, decision, toolArguments, restoration } = result;
  const isRewritten = decision.rewriting !== undefined;
  const saved = isRewritten
    ? `<span class="percent">${formatSaved(decision.tokensBefore, decision.tokensAfter)}</span>`
    : '';
  const call = toolArguments === '' ? '' : ` <span class="call">${escapeHtml(toolArguments.slice(0, 200))}</span>`;
  return `<details class="result" id="result-${number}"${isRewritten && opensAll ? ' open' : ''}>
<summary>${saved}<h3>${escapeHtml(titleOf(result))}</h3>${call}</summary>
<p class="facts${restoration === 'failed' ? ' bad' : ''}">${escapeHtml(factsOf(result))}</p>
${textsOf(result, mostLines)}
</details>`;
}

function textsOf(result: InspectedResult, mostLines: number): string {
  const compared = compareResult(result);
  if (compared === undefined) return '';
  return htmlComparison(compared.comparison, { number: result.number, titles: compared.titles, mostLines });
}
