import type { CodeLanguage } from './code-language.ts';

export interface Signs {
  /** What hardly any other language has. */
  readonly strong: RegExp;
  /** What other languages may have as well, and prose and data have not. */
  readonly weak: RegExp;
}

/**
 * How lines of each language look. Every pattern is tried at the head of one line; none has a repeated group that could be
 * read in two ways.
 */
const SIGNS: Readonly<Record<Exclude<CodeLanguage, 'tsx'>, Signs>> = {
  python: {
    strong:
      /^\s*(?:async )?def \w+\(|^\s*class \w+(?:\([^)]*\))?:|^\s*from [\w.]+ import [\w(*]|^\s*(?:elif|if|for|while|with|except|try|else|finally)\b[^;{}]*:\s*(?:#.*)?$|\bself\.\w|^\s*@[a-z_][\w.]*(?:\(|$)/,
    weak: /^import [\w.]+(?: as \w+)?$|^\s*(?:return|raise|yield|pass|assert|not|and|or)\b[^;{]*$|^\s*[\w.]+(?:\[[^\]]*\])? [-+*|]?= [^;]*$|^\s*\w[\w.]*\(.*[),([{]$|^\s*["'rbf]?["'][^;]*,$/,
  },
  javascript: {
    strong:
      /^\s*(?:export |default |async )*function\b\*? ?\w*\(|^\s*(?:export )?(?:const|let) [\w${[]|^\s*var \w+(?: =|[;,]|$)|^\s*import\b.* from ['"]|\brequire\(['"]|\bmodule\.exports\b|^\s*(?:exports|window|this)\.\w+ = |=> ?[{(]?$|^\s*\}\)\(?;?$|^\s*(?:describe|it|test|expect)\(| (?:===|!==) |\bfunction \(/,
    weak: /[;{]$|^\s*[\])}]+[;,)]*$|^\s*\w[\w$]*: .*,$|^\s*\.\w+\(.*[)({]$/,
  },
  typescript: {
    strong:
      /^\s*(?:export )?(?:default )?(?:declare )?(?:interface \w+|type \w+(?:<[^=]*>)? =|(?:const )?enum \w+|abstract class|namespace \w+|module ['"\w])|^\s*(?:export )?declare (?:const|function|class|let|var)|^\s*(?:static |override )*(?:private|public|protected|readonly)\b(?: static| readonly| async| override)* [\w#]+[?!]?[:(=]|[\w)\]?]: (?:string|number|boolean|void|unknown|any|never|Promise<|readonly |[A-Z]\w*(?:<|\[\]|[,;)=]| \|))|^import type |\bas (?:const|unknown|any)\b| implements \w/,
    weak: /[;{]$|^\s*[\])}]+[;,)]*$|=> ?[{(]?$|^\s*(?:export )?(?:const|let|function|class|async)\b|^\s*[\w$]+\??: .*[,;]$|^\s*import\b|^\s*\.\w+\(/,
  },
  go: {
    strong:
      /^package \w+$|^func (?:\(\w+ \*?\w[^)]*\) )?\w+[([]|^type \w+(?:\[[^\]]*\])? (?:struct|interface|func|map|\[\]|=)|^import (?:\(|\w* ?")|^\s+(?:if|for|switch) .*:= |\w+ :?= .*\berr\b|^\s*if err != nil|^\s*(?:defer|go) [\w(]|^\s*select \{|\bchan \w| := |^\s*case [^;]*:$/,
    weak: /[{(]$|^\s*[})]+,?$|^\s*(?:return|var|const|default:|\})\b|^\s+\w[\w.]*\(.*\)$|^\s+[\w.[\]]+ (?:=|\+=) |^\t\w+ +[*\w[\].]+(?: +`.*`)?$/,
  },
  rust: {
    strong:
      /^\s*(?:pub(?:\([\w: ]+\))? )?(?:(?:async|unsafe|const|default|extern "C") )*fn \w+|^\s*(?:pub(?:\([\w: ]+\))? )?(?:struct|enum|trait|mod|use|impl) [\w:<{&(][^=]*[{;,]$|^\s*impl\b|^\s*#!?\[[\w(]|\blet mut |^\s*let [^;=]+: &?\w|\?;$|^\s*match .*\{$|-> (?:Self|Result<|Option<|&|impl )|^\s*(?:[A-Z_][\w:]*|\w+::[\w:]+)(?:\(.*\)| ?\{.*\})? => |\b[a-z_]+!\(|\bself\.\w+.*;$|::<\w|\.unwrap\(\)/,
    weak: /[;{]$|^\s*[\])}]+[;,)]*$|^\s*\.\w+\(|^\s*(?:pub )?\w+: .*,$|^\s*\w[\w:]*,$/,
  },
  java: {
    strong:
      /^import (?:static )?[\w.]+(?:\.\*)?;$|^package [\w.]+;$|^\s*@(?:Override|Test|Nullable|NonNull|Deprecated|SuppressWarnings|Inject|Autowired)\b|^\s*(?:public|private|protected) (?:(?:static|final|abstract|synchronized|native|transient|volatile|default) )*(?:class|interface|enum|record|@interface|void|int|boolean|long|double|float|byte|char|short|String|[A-Z]\w*(?:<.*>)?(?:\[\])?) [\w(]|\bthrow new [A-Z]\w+\(| (?:implements|throws|instanceof) [A-Z]\w*|^\s*(?:final )?[A-Z]\w*(?:<.*>)? \w+ = new [A-Z]/,
    weak: /[;{]$|^\s*[})]+[;,)]*$|^\s*@\w+|^\s*(?:\.|&&|\|\|) ?\w|^\s*case .*:$/,
  },
  'c-sharp': {
    strong:
      /^\s*using (?:static )?(?:System|Microsoft|Newtonsoft|[A-Z]\w*)(?:\.\w+)*;$|^\s*namespace [\w.]+(?: \{|;)?$|\{ (?:get|set|init)\b|^\s*(?:get|set)(?: =>| ?\{|$)|^\s*(?:public|private|internal|protected) (?:(?:static|async|override|virtual|sealed|readonly|partial|abstract|const|unsafe|extern|new) )+\w|^\s*(?:public|private|internal|protected) (?:string|bool|object|Task|struct|delegate|event)\b|^\s*\[[A-Z]\w*(?:\(.*\))?\]$|\bawait [\w.]+\(|^\s*#(?:region|endregion)|^\s*foreach \(|\bstring\.\w|\bout var\b|\bis null\b/,
    weak: /[;{}]$|^\s*[})\]]+[;,)]*$|^\s*(?:public|private|internal|protected) |^\s*case .*:$/,
  },
  cpp: {
    strong:
      /^\s*#\s*(?:include [<"]|define \w|ifn?def\b|if [!(d]|endif\b|pragma \w|undef |elif )|^\s*(?:template ?<|using namespace |typedef |extern "C"|(?:static|inline|constexpr|virtual|explicit) \w)|^namespace [\w:]+ ?\{$|\bstd::\w|^[\w:*&<> ]*\w::~?\w+\(.*\{$|^\s*(?:const |unsigned |struct )*(?:void|int|char|bool|size_t|auto|double|float|long|unsigned|[\w:]+_t)\b[ *&]+\w+.*[({;,]$|^\s*(?:public|private|protected|signals)(?: slots)?:$|\w->\w|^(?:struct|class|union) \w+[^;]*\{?$/,
    weak: /[;{]$|^\s*[})\]]+[;,)]*$|^\s*case .*:$|^\s*\w+,$|^[A-Z_]+\(.*\)$|\\$|\w::\w/,
  },
  ruby: {
    strong:
      /^\s*def (?:self\.)?\w+[?!=]?(?:\(.*\)?)?$|^\s*(?:class|module) [A-Z][\w:]*(?: < [\w:.]+)?$|^\s*require(?:_relative)? ['"]|\bdo \|[^|]*\|$|^\s*attr_\w+ :|^\s*(?:unless|elsif|rescue|ensure|when|until) ?[^;]*$|^\s*@@?\w+ (?:\|\|)?= |^\s*(?:include|extend) [A-Z]|\.(?:each|nil\?|empty\?|is_a\?)\b/,
    weak: /^\s*(?:end|.*\bdo)$|^\s*(?:if|return|raise|puts|yield|private|protected|else|begin|super)\b[^;{]*$|^\s*\w+ = [^;]*$|^\s*[\w.]+ [:'"][^;]*$|=> |^\s*[\])}]+,?$/,
  },
  php: {
    strong:
      /^<\?php\b|^\s*\$\w+(?:->\w+|\[[^\]]*\])* \.?=|^\s*(?:(?:public|private|protected|static|abstract|final) )*function &?\w+\(|\$this->|^use [A-Z][\w\\]+(?: as \w+)?;$|^namespace [A-Z][\w\\]+;$|\$\w+->\w|^\s*(?:public|private|protected)(?: static)? (?:\?\w+ |\w+ )?\$\w/,
    weak: /[;{]$|^\s*[})\]]+[;,)]*$|^\s*['"][\w.-]+['"] => /,
  },
  bash: {
    strong:
      /^#!.*\b(?:ba|z|k|da)?sh\b|^\s*(?:if|elif|while|until) (?:! )?(?:\[|test |command |grep |which |which|\()|; (?:then|do)$|^\s*(?:then|fi|do|done|esac|;;)$|^\s*(?:function )?[\w-]+ ?\(\) ?\{?$|^\s*(?:local|declare|readonly) [-\w]+|^\s*case .* in$|^\s*[\w*|.-]+\)$|^\s*[A-Za-z_]\w*=(?:\$\S*|"[^"]*"|'[^']*'|\w*)$|\$\{\w+[}:#%]|\$\(|^\s*set -[eux]/,
    weak: /^\s*(?:echo|export|exit|return|printf|cd|mkdir|rm|cp|source|else|shift|trap|eval|exec|unset|read)\b|\$\w|^\s*[})]$| (?:&&|\|\|) |\\$/,
  },
  powershell: {
    strong:
      /^\s*function [A-Z]\w+-\w+|^\s*param ?\($|^\s*\[CmdletBinding\(|^\s*\$(?:\w+:)?\w+(?:\.\w+)* \+?= |\s-(?:eq|ne|like|match|and|not|notlike|contains|gt|lt)\s|^\s*\[Parameter|\b(?:Write|Get|Set|New|Test|Join|Remove|Import|Invoke)-[A-Z]\w+|^\s*<#|^\s*\.(?:SYNOPSIS|DESCRIPTION|PARAMETER|EXAMPLE)/,
    weak: /[{(]$|^\s*[})]+$|^\s*(?:if|else|elseif|foreach|try|catch|return|throw)\b|\$\w/,
  },
  css: {
    strong:
      /^\s*[.#@:&*[][\w:-][^;=()]*\{$|^\s*(?:[a-z][\w-]*[ >+~,.:#]+)*[.:#]?[a-z][\w-]*(?:[.:#][\w-]+)* \{$|^\s*(?:-webkit-|-moz-|--)?[a-z-]+: [^;{}]+;$|^@(?:media|import|font-face|keyframes|supports|layer|tailwind)\b/,
    weak: /^\s*[.#@&:*\w[][^;{}=]*[,{]$|^\s*\}$|;$/,
  },
};

export type SignedLanguage = keyof typeof SIGNS;

/** How lines look in languages that nothing here can parse. */
export const FOREIGN_SIGNS: readonly RegExp[] = [
  // Perl
  /^\s*(?:my|our|local) [$@%(]|^\s*sub \w+ ?\{|^use (?:strict|warnings|vars|constant|parent|base)\b|=~ [ms/]|^=(?:head|cut|over|item|pod|back)|\bshift(?:;|->)|@_|^package [\w:]+;$|\belsif \(/,
  // Kotlin, Swift
  /^\s*(?:(?:override|private|internal|open|suspend|inline|public|protected|abstract|data|sealed|companion|lateinit) )*(?:fun|val|object) [\w<(`]|\bguard let\b|\bfunc \w+.*\) -> |^\s*when \(.*\{$|^import [\w.]+[^;.\w]*$/,
  // Elixir
  /^\s*def(?:module|p|macro|impl|protocol)? .*(?:\bdo$|, do: )|^\s*@(?:moduledoc|doc|spec|impl|tag)\b|^\s*\|> |\bfn .*->|%\{|^\s*(?:alias|use|import) [A-Z][\w.]*(?:,|$)/,
  // Objective-C
  /^[-+] ?\(\w|^@(?:interface|implementation|end|property|import|synthesize|protocol|class)\b|\[\w+ \w+[:\]]|@"/,
  // CMake, Lua, Lisp, SQL
  /^\s*(?:set|if|elseif|endif|else|message|foreach|endforeach|include|macro|endmacro|function|endfunction|list|string|find_\w+|add_\w+|target_\w+)\s?\((?!.*[;{]$)/i,
  /^\s*local (?:function )?\w+ ?(?:= |\()|^\s*function [\w.:]+\([^)]*\)$|~= | \.\. "/,
  /^\s*\((?:def\w*|let\*?|setq|lambda|cond|if|when|ns|import)[\s(]|^\s*;;/,
  /^\s*(?:CREATE|INSERT|SELECT|UPDATE|ALTER|DROP|FROM|WHERE|VALUES|JOIN|GRANT|SET) [\w(`"*]/,
];

/** The signs of each language, in the order in which ties are broken. */
export const LANGUAGE_SIGNS = Object.entries(SIGNS) as readonly [SignedLanguage, Signs][];
