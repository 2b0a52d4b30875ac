/** Elements that end the text before them and begin a text of their own. */
export const BLOCK_ELEMENTS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form ' +
    'frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p pre search section ' +
    'summary table tbody td tfoot th thead tr ul title'
  ).split(' '),
);

/** Elements without content, which no end tag follows. */
export const VOID_ELEMENTS: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);

/** Elements whose content is not text for a reader. */
export const UNREAD_ELEMENTS: ReadonlySet<string> = new Set(
  'script style template svg math iframe object canvas noembed noscript audio video map datalist'.split(' '),
);

const ASIDE_ELEMENTS: ReadonlySet<string> = new Set(
  'nav footer aside form menu dialog button select textarea'.split(' '),
);

const ASIDE_ROLES: ReadonlySet<string> = new Set(
  'navigation banner contentinfo complementary search menu menubar dialog alertdialog tablist toolbar'.split(' '),
);

/** Elements whose class or id can say that they stand beside the content. */
const NAMED_ELEMENTS: ReadonlySet<string> = new Set('div section ul ol table header td nav aside'.split(' '));

/** Words of classes and ids that name what stands beside the content. */
const ASIDE_WORDS: ReadonlySet<string> = new Set(
  (
    'nav navbar navigation topnav subnav menu submenu sidebar footer breadcrumb breadcrumbs share sharing social related ' +
    'cookie cookies consent newsletter subscribe promo advert advertisement ads banner popup modal toolbar skip pagination ' +
    'pager masthead toc blogroll disqus sponsor sponsors tracking login signup'
  ).split(' '),
);

const LONGEST_NAME = 200;

/** Whether an element stands beside the content, by its name, its role, its class and id, or because it is hidden. */
export function isAsideElement(name: string, attributes: ReadonlyMap<string, string>): boolean {
  if (ASIDE_ELEMENTS.has(name) || ASIDE_ROLES.has((attributes.get('role') ?? '').toLowerCase())) return true;
  if (isHidden(attributes)) return true;
  if (!NAMED_ELEMENTS.has(name)) return false;
  const names = `${attributes.get('class') ?? ''} ${attributes.get('id') ?? ''}`.slice(0, LONGEST_NAME);
  return wordsOf(names).some((word) => ASIDE_WORDS.has(word));
}

function isHidden(attributes: ReadonlyMap<string, string>): boolean {
  if (attributes.has('hidden') || attributes.get('aria-hidden') === 'true') return true;
  const style = attributes.get('style')?.slice(0, LONGEST_NAME).toLowerCase() ?? '';
  return style.includes('display:none') || style.includes('display: none');
}

/** `site-navBar top_menu` is site, nav, bar, top, menu, and each name whole. */
function wordsOf(names: string): readonly string[] {
  const words = names.split(/[^A-Za-z]+/).filter((word) => word !== '');
  return words.flatMap((word) => [
    word.toLowerCase(),
    ...(word.match(/[A-Z]?[a-z]+/g) ?? []).map((part) => part.toLowerCase()),
  ]);
}
