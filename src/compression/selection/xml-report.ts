import type { XmlElement } from '../markup/xml-elements.ts';

export interface TestCase {
  readonly element: XmlElement;
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** As the report writes it. */
  readonly time: string;
  /** What failed, and the output with it; empty when nothing did. */
  readonly message: string;
  readonly details: string;
}

export interface TestReport {
  readonly root: XmlElement;
  readonly suites: readonly XmlElement[];
  readonly cases: readonly TestCase[];
}

const CASES: ReadonlySet<string> = new Set(['testcase', 'test-case', 'UnitTestResult', 'test']);
const SUITES: ReadonlySet<string> = new Set(['testsuite', 'test-suite', 'collection', 'assembly']);
const FAILURES: ReadonlySet<string> = new Set(['failure', 'error', 'rerunFailure', 'flakyFailure', 'ErrorInfo']);
const FAILED_RESULTS = /^(?:fail|failed|failure|error|broken|timeout|aborted)$/i;
const SKIPPED_RESULTS = /^(?:skip|skipped|ignored|notexecuted|notrun|inconclusive|pending)$/i;
/** Elements below a failure that are read for its message. */
const DEEPEST_MESSAGE = 40;

/** What a report of tests says: JUnit, NUnit, xUnit, PHPUnit, MSTest. `undefined` when the document is none. */
export function testReport(elements: readonly XmlElement[]): TestReport | undefined {
  const root = elements[0];
  const found = elements.filter(({ name, attributes }) => CASES.has(name) && nameOf(attributes) !== '');
  if (root === undefined || found.length === 0) return undefined;
  const suites = elements.filter(({ name, attributes }) => SUITES.has(name) && nameOf(attributes) !== '');
  const isReport = suites.length > 0 || found.some(({ name }) => name === 'UnitTestResult');
  return isReport ? { root, suites, cases: found.map((element) => testCase(elements, element)) } : undefined;
}

export function nameOf(attributes: ReadonlyMap<string, string>): string {
  return attributes.get('fullname') ?? attributes.get('name') ?? attributes.get('testName') ?? '';
}

export function timeOf(attributes: ReadonlyMap<string, string>): string {
  return attributes.get('time') ?? attributes.get('duration') ?? '';
}

function testCase(elements: readonly XmlElement[], element: XmlElement): TestCase {
  const { attributes } = element;
  const children = element.children.map((child) => elements[child]).filter((child) => child !== undefined);
  const failure = children.find(({ name }) => FAILURES.has(name)) ?? failureWithin(elements, children);
  const result = attributes.get('result') ?? attributes.get('outcome') ?? attributes.get('status') ?? '';
  const isSkipped =
    SKIPPED_RESULTS.test(result) || children.some(({ name }) => name === 'skipped' || name === 'reason');
  const hasFailed = failure !== undefined || FAILED_RESULTS.test(result);
  const className = attributes.get('classname') ?? attributes.get('class') ?? '';
  const name = nameOf(attributes);
  const { message, details } = failure === undefined ? { message: '', details: '' } : messageOf(elements, failure);
  return {
    element,
    name: className === '' || name.includes(className) ? name : `${className}.${name}`,
    outcome: hasFailed ? 'failed' : isSkipped ? 'skipped' : 'passed',
    time: timeOf(attributes),
    message,
    details,
  };
}

/** MSTest has it in `Output`. */
function failureWithin(elements: readonly XmlElement[], children: readonly XmlElement[]): XmlElement | undefined {
  const output = children.find(({ name }) => name === 'Output');
  const inner = output?.children.map((child) => elements[child]) ?? [];
  return inner.find((child) => child !== undefined && FAILURES.has(child.name));
}

/** Type and message of the attributes, then the text: NUnit and xUnit write both into elements. */
function messageOf(
  elements: readonly XmlElement[],
  failure: XmlElement,
): { readonly message: string; readonly details: string } {
  const { attributes } = failure;
  const head = [attributes.get('type') ?? attributes.get('exception-type') ?? '', attributes.get('message') ?? ''];
  const texts = [failure.text];
  for (let index = failure.index + 1; index <= failure.index + DEEPEST_MESSAGE; index++) {
    const element = elements[index];
    if (element === undefined || element.depth <= failure.depth) break;
    texts.push(element.text);
  }
  const details = texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n');
  const message = head.filter((part) => part !== '').join(': ');
  return details.startsWith(message) || details.includes(attributes.get('message') ?? message)
    ? { message: details.includes(message) ? '' : (head[0] ?? ''), details }
    : { message, details };
}
