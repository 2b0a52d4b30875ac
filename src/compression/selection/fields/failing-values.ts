import { isContainer } from '../../json/children-of.ts';
import type { JsonScalar } from '../../json/parse-json.ts';
import { writeJson } from '../../json/write-json.ts';
import type { Leaf } from '../record-columns.ts';
import { isBadCondition, isErrorKey, maskVariables, saysFailure, statesFailure } from '../record-failures.ts';
import { keyWords } from '../record-words.ts';
import { ownKey } from './key-weights.ts';
import type { Part, Place, ValueTree } from './value-tree.ts';

/** Things that report the same failure, in the order of the document. */
export interface FailingThings {
  /** The objects that say so, or the values where they stand in no object. */
  readonly things: readonly Part[];
  /** The same for those that state the same, whatever their messages say. */
  readonly family: string;
}

/** Words in a message prove nothing when a larger share of the messages at a place has them. */
const MOST_SAID = 0.3;
const FEW = 3;
const LONGEST_SIGN = 200;
/** A longer text is a message and states nothing that others would state in the same words. */
const LONGEST_STATED = 60;
/** With more different messages than this, things that state the same count as one failure. */
const MOST_MESSAGES = 40;

/** Groups what failed by what it states and what its messages say, numbers and ids aside. */
export function findFailingThings(tree: ValueTree): readonly FailingThings[] {
  const signs = failureSigns(tree);
  const byMessage = group(signs, true);
  return byMessage.length <= MOST_MESSAGES ? byMessage : group(signs, false);
}

/** The values that state a failure, by the object that they stand in. */
function failureSigns(tree: ValueTree): ReadonlyMap<Part, readonly Part[]> {
  const paths = new Map<Place, string>();
  const signs: Part[] = [];
  for (const place of new Set(tree.leaves.map((leaf) => leaf.place))) {
    const key = ownKey(place);
    const words = keyWords(key);
    const path = pathOf(place, paths);
    const scalars = place.parts.filter(isScalar);
    const odd = scalars.reduce((count, { node }) => count + Number(isOdd(node)), 0);
    const isMinority = odd > 0 && (scalars.length <= FEW || odd <= scalars.length * MOST_SAID);
    const minority = new Set(isMinority ? [path] : []);
    const said = new Set(scalars.filter(({ node }) => saysFailure({ path, key, value: node })));
    const isHeard = said.size <= Math.max(FEW, scalars.length * MOST_SAID);
    for (const part of scalars) {
      const leaf: Leaf = { path, key, value: part.node };
      const fails =
        statesFailure(leaf, minority, words) ||
        isBadBeside(part, { leaf, paths }) ||
        (isHeard && said.has(part) && !statesSuccess(thingOf(part)));
      if (fails) signs.push(part);
    }
    if (isErrorKey(words)) signs.push(...place.parts.filter(listsTexts));
  }
  const things = new Map<Part, Part[]>();
  for (const part of signs.toSorted((one, other) => one.first - other.first)) {
    const thing = thingOf(part);
    const known = things.get(thing);
    if (known === undefined) things.set(thing, [part]);
    else known.push(part);
  }
  return things;
}

function thingOf(part: Part): Part {
  return part.parent?.node.type === 'object' ? part.parent : part;
}

function isScalar(part: Part): part is Part & { readonly node: JsonScalar } {
  return part.children === undefined && !isContainer(part.node);
}

const STATE_KEYS = /^(?:status|state|conclusion|outcome|result|phase)$/i;
const SUCCESS =
  /^"(?:pass|passed|ok|success|succeeded|successful|completed?|done|healthy|running|active|closed|resolved)"$/i;

/** Whether an object says of itself that all is well: then words about failures in it are about something else. */
function statesSuccess(thing: Part): boolean {
  return (thing.children ?? []).some(
    ({ node, place }) => node.type === 'string' && STATE_KEYS.test(ownKey(place)) && SUCCESS.test(node.source),
  );
}

function listsTexts({ node, children }: Part): boolean {
  if (node.type !== 'array' || children !== undefined) return false;
  return node.items.some((item) => item.type === 'string' && item.source !== '""');
}

/** What only those beside it make a failure: `Ready` with `False`, a linter's severity of 2. */
function isBadBeside(
  part: Part,
  { leaf, paths }: { readonly leaf: Leaf; readonly paths: Map<Place, string> },
): boolean {
  if (leaf.key === 'status') return isBadCondition(leaf, leavesBeside(part, paths));
  if (leaf.key !== 'severity' || leaf.value.source !== '2') return false;
  return leavesBeside(part, paths).some(({ key }) => key === 'ruleId');
}

function isOdd({ type, source }: JsonScalar): boolean {
  return type === 'number' ? Number(source) !== 0 : source === 'false';
}

function leavesBeside(part: Part, paths: Map<Place, string>): readonly Leaf[] {
  return (part.parent?.children ?? []).map((child) => leafOf(child, paths)).filter((leaf) => leaf !== undefined);
}

function leafOf(part: Part, paths: Map<Place, string>): Leaf | undefined {
  if (!isScalar(part)) return undefined;
  return { path: pathOf(part.place, paths), key: ownKey(part.place), value: part.node };
}

function pathOf(place: Place, paths: Map<Place, string>): string {
  const known = paths.get(place);
  if (known !== undefined) return known;
  const before = place.parent === undefined ? '' : pathOf(place.parent, paths);
  const step = place.key.startsWith('"') ? `.${place.key.slice(1, -1)}` : place.key;
  const path = before + step;
  paths.set(place, path);
  return path;
}

function group(signs: ReadonlyMap<Part, readonly Part[]>, byMessage: boolean): readonly FailingThings[] {
  const groups = new Map<string, { readonly things: Part[]; readonly family: string }>();
  const ids = new Map<Place, number>();
  for (const [thing, parts] of signs) {
    const id = ids.get(thing.place) ?? ids.size;
    ids.set(thing.place, id);
    const stated = parts.map((part) => `${ownKey(part.place)}=${isLongText(part) ? '' : signText(part)}`);
    const said = byMessage ? messagesOf(thing) : [];
    const family = [id, ...stated].join('\n');
    const template = [family, ...said].join('\n');
    const known = groups.get(template);
    if (known === undefined) groups.set(template, { things: [thing], family });
    else known.things.push(thing);
  }
  return [...groups.values()];
}

const MESSAGE_KEY =
  /^(?:message|msg|reason|detail|details|description|summary|text|code|type|ruleid|name|title|fullname)$/i;

function messagesOf(thing: Part): readonly string[] {
  return (thing.children ?? [])
    .filter(({ node, place }) => node.type === 'string' && MESSAGE_KEY.test(ownKey(place)))
    .map(signText);
}

function isLongText({ node }: Part): boolean {
  return isContainer(node) || node.source.length > LONGEST_STATED;
}

function signText({ node }: Part): string {
  if (node.type === 'object') return '';
  const text = node.type === 'array' ? writeJson(node) : node.source;
  return maskVariables(text.slice(0, LONGEST_SIGN));
}
