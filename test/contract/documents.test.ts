import fc from 'fast-check';
import { describeSelection, describeStrategy } from './strategy-contract.ts';
import { configSelection } from '../../src/compression/selection/config-sections.ts';
import { htmlPage } from '../../src/compression/selection/html-page.ts';
import { proseSections } from '../../src/compression/selection/prose-sections.ts';
import { xmlDocument } from '../../src/compression/selection/xml-document.ts';
import { repeatedLines } from '../../src/compression/strategies/repeated-lines.ts';
import { configText, htmlText, junitReport, markdownText, xmlText } from '../property/arbitraries/documents.ts';

const xml = fc.oneof(
  xmlText(60),
  junitReport(40).map(({ text }) => text),
);

describeSelection(htmlPage, htmlText(60));
describeSelection(proseSections, markdownText(80));
describeSelection(xmlDocument, xml);
describeSelection(configSelection, configText(80));
describeStrategy(repeatedLines, fc.oneof(htmlText(40), markdownText(40), xml, configText(40)));
