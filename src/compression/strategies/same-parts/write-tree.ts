import { pathStep } from '../../json/json-path.ts';
import type { JsonNode } from '../../json/parse-json.ts';

export interface TreeWriter {
  /** What stands in place of a node, or nothing when the node itself does. */
  readonly replace: (node: JsonNode, path: string) => string | undefined;
  /** Told of what each node became, the inner ones first. */
  readonly onWritten?: (path: string, text: string) => void;
}

/** The minified source of a tree with other texts in place of some nodes. */
export function writeTree(root: JsonNode, { replace, onWritten }: TreeWriter): string {
  const write = (node: JsonNode, path: string): string => {
    const other = replace(node, path);
    if (other !== undefined) return other;
    let text: string;
    if (node.type === 'array') {
      text = `[${node.items.map((item, index) => write(item, pathStep(path, index))).join(',')}]`;
    } else if (node.type === 'object') {
      const members = node.values.map((value, index) => {
        const key = node.keys[index] ?? '""';
        return `${key}:${write(value, pathStep(path, key))}`;
      });
      text = `{${members.join(',')}}`;
    } else text = node.source;
    onWritten?.(path, text);
    return text;
  };
  return write(root, '');
}
