import type { Place } from './value-tree.ts';
import { keyWords, singular } from '../record-words.ts';

/** What a value says about the thing that it stands in, judged by its key. */
export type KeySort = 'name' | 'state' | 'message' | 'time' | 'plain' | 'address' | 'spare';

/** Names that tell one thing from another, by the last word of a key; those before others tell better. */
const NAMES = words(
  'name title fullname login username displayname slug key id number summary subject path filename file hostname host operationid ' +
    'identifier arn sha ref version code label ip email domain url uri address image namespace ' +
    'instance service pod container node job device digest commit',
);
/** Of what has no name, what it is tells it from others. */
const KINDS = words('type kind event action method');
const STATES = words(
  'type kind event action method status state phase conclusion result outcome severity level ready healthy health enabled active available success ok ' +
    'priority exitcode exit restarts restartcount replicas count total amount currency balance price size bytes duration ' +
    'reason error errors failures failed failure progress percent pct score rate value mode role zone region engine class',
);
const MESSAGES = words('message msg description detail details text body note notes comment output log stderr stdout');
const ADDRESSES = words('url uri href link');
const TIMES = words(
  'at time timestamp date created updated modified started finished ended completed start end started deadline expires since until day',
);

/** Whole subtrees that serializers and servers add to everything, by the key without signs. */
const SPARE = words(
  'managedfields ownerreferences selflink generatename resourceversion observedgeneration uid nodeid gravatarid etag requestid ' +
    'annotations volumes volumemounts env envfrom tolerations securitycontext affinity terminationmessagepath ' +
    'terminationmessagepolicy imagepullpolicy imagepullsecrets livenessprobe readinessprobe startupprobe dnspolicy schedulername ' +
    'preemptionpolicy enableservicelinks lastprobetime imageid podips hostips links responsemetadata httpheaders headers cookies ' +
    'certificate signature signatures embedding embeddings vector vectors schema inputschema outputschema additionalproperties ' +
    'avatar avatarurl gravatar integrity resolved shasum dist gitHead rev npmuser npmoperationalinternal sourcemap ' +
    'statementmap fnmap branchmap inputsourcemap mountpath mounts sizeondisk traceid spanid xid nonce token csrf',
);

function words(list: string): ReadonlyMap<string, number> {
  return new Map(list.split(' ').map((word, index) => [word.toLowerCase(), index]));
}

/** What a key makes of the values under it. */
export function sortOfKey(key: string): KeySort {
  const parts = keyWords(key);
  const whole = parts.join('');
  const last = singular(parts.at(-1) ?? '');
  if (isSpareKey(key, whole)) return 'spare';
  if (STATES.has(whole)) return 'state';
  if (TIMES.has(last)) return 'time';
  if (ADDRESSES.has(last)) return parts.length > 1 ? 'spare' : 'address';
  if (NAMES.has(last) || NAMES.has(whole)) return 'name';
  if (MESSAGES.has(last)) return 'message';
  return STATES.has(last) ? 'state' : 'plain';
}

/** The lower, the better a key names what it stands in; `undefined` for one that does not. */
export function nameRank(key: string): number | undefined {
  const parts = keyWords(key);
  const whole = parts.join('');
  const last = parts.at(-1) ?? '';
  return NAMES.get(whole) ?? addTo(NAMES.get(last), NAMES.size) ?? addTo(KINDS.get(whole), 2 * NAMES.size);
}

function addTo(rank: number | undefined, amount: number): number | undefined {
  return rank === undefined ? undefined : rank + amount;
}

/** The nearest key, without quotes: that of the list for its items. */
export function ownKey(place: Place): string {
  let named: Place | undefined = place;
  while (named !== undefined && (named.key === '[]' || named.key === '{}')) named = named.parent;
  return (named?.key ?? '').slice(1, -1);
}

function isSpareKey(key: string, whole: string): boolean {
  return SPARE.has(whole) || key === '_links' || key.startsWith('$') || /^x[-_]/i.test(key);
}

const SORT_WEIGHTS: Readonly<Record<KeySort, number>> = {
  name: 10,
  state: 10,
  message: 8,
  time: 7,
  plain: 6,
  address: 4,
  spare: 1,
};
/** Of what names a thing, the best name tells; the others say it again. */
const OTHER_NAME_WEIGHT = 7;
/** What stands right in a row or in the document tells more than what is further in. */
const OUTERMOST_WEIGHT = 1.5;
const SPARE_SHARE = 0.15;
const DEPTH_WEIGHT = 1;

export interface PlaceWeight {
  readonly sort: KeySort;
  readonly weight: number;
  readonly isSpare: boolean;
  /** Whether it says the same in all rows, so that it tells none from another. */
  readonly isConstant: boolean;
}

interface Around {
  readonly depth: number;
  readonly isSpare: boolean;
  readonly inRow: boolean;
  /** Whether no key beside it names what they stand in better. */
  readonly isBestName: boolean;
}

/** How much the values at each place tell, from about 0 to 10: by their key, those around them, and their depth. */
export function weighPlaces(root: Place, constants: ReadonlySet<Place>): ReadonlyMap<Place, PlaceWeight> {
  const weights = new Map<Place, PlaceWeight>();
  const sorts = new Map<string, KeySort>();
  const ranks = new Map<string, number>();
  const sortAt = (place: Place): KeySort => remember(sorts, ownKey(place), sortOfKey);
  const rankAt = (place: Place): number => {
    if (place.parts[0]?.children !== undefined) return Number.POSITIVE_INFINITY;
    return remember(ranks, ownKey(place), (key) => nameRank(key) ?? Number.POSITIVE_INFINITY);
  };
  const visit = (place: Place, around: Around): void => {
    const known = sortAt(place);
    const sort = known === 'address' && around.isBestName ? 'name' : known;
    const isSpare = around.isSpare || sort === 'spare';
    const own = sort === 'name' && !around.isBestName ? OTHER_NAME_WEIGHT : SORT_WEIGHTS[sort];
    const outermost = around.depth <= 0 ? OUTERMOST_WEIGHT : 0;
    const weight = Math.max(1, own + outermost - DEPTH_WEIGHT * around.depth) * (isSpare ? SPARE_SHARE : 1);
    weights.set(place, { sort, weight, isSpare, isConstant: constants.has(place) });
    let best = Number.POSITIVE_INFINITY;
    for (const child of place.children.values()) best = Math.min(best, rankAt(child));
    for (const child of place.children.values()) {
      const isItem = child.key === '[]' || child.key === '{}';
      // Items of the outermost list begin anew: what surrounds it is an envelope.
      const depth = isItem ? (around.inRow ? around.depth : -1) : around.depth + 1;
      const isBestName = child.parts[0]?.children !== undefined || rankAt(child) === best;
      visit(child, { depth, isSpare, inRow: around.inRow || isItem, isBestName });
    }
  };
  visit(root, { depth: -1, isSpare: false, inRow: false, isBestName: true });
  return weights;
}

function remember<Value>(known: Map<string, Value>, key: string, compute: (key: string) => Value): Value {
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = compute(key)));
  return value;
}
