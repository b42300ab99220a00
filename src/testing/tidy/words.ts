// Words the core must not use, because another engine or another moment would give another answer. Looked up in the syntax tree, so
// comments and strings may say them.
import { core, isIn } from './floors.ts';
import { isTest, walk, type Node, type Problem, type Source } from './source.ts';

const nameOf = (node: unknown) => (node as Node | null)?.name as string | undefined;

/** What a node says that the core must not say, or undefined. */
function banned(node: Node): string | undefined {
  switch (node.type) {
    case 'NewExpression':
    case 'CallExpression': {
      const callee = nameOf(node.callee);
      if (callee === 'Date') return 'new Date(';
      const [pattern] = node.arguments as Node[];
      if (callee === 'RegExp' && pattern?.type !== 'Literal') return 'RegExp on text that is not a literal (use the linear-time engine)';
      return undefined;
    }
    case 'MemberExpression': {
      const [object, property] = [nameOf(node.object), nameOf(node.property)];
      if (object === 'Date') return `Date.${property}`;
      if (object === 'Math' && /^(random|pow|exp|expm1|log|log1p|log2|log10|sin|cos|tan|a?sinh?|a?cosh?|a?tanh?|atan2|cbrt|hypot)$/.test(property ?? '')) return `Math.${property}`;
      return /^(localeCompare|toLocale\w*|normalize)$/.test(property ?? '') ? `.${property}` : undefined;
    }
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return node.async ? 'async' : undefined;
    case 'AwaitExpression':
      return 'await';
    case 'Identifier':
      return ['Promise', 'Intl', 'WeakRef', 'FinalizationRegistry', 'performance'].includes(nameOf(node) ?? '') ? nameOf(node) : undefined;
    case 'BinaryExpression':
    case 'AssignmentExpression':
      return String(node.operator).startsWith('**') ? '**' : undefined;
    case 'Literal':
      return /\\[pP]\{/.test((node.regex as { pattern: string } | undefined)?.pattern ?? '') ? '\\p{' : undefined;
    default:
      return undefined;
  }
}

/** Banned words in the core's files; its tests may use them. */
export function bannedWords(sources: readonly Source[]): Problem[] {
  const problems: Problem[] = [];
  for (const { path, root, line } of sources) {
    if (!isIn(path, core) || isTest(path)) continue;
    walk(root, (node, parents) => {
      const word = banned(node);
      const isKey = node.type === 'Identifier' && /^(MemberExpression|Property|PropertyDefinition|TSPropertySignature)$/.test(parents.at(-1)?.type ?? '');
      if (word !== undefined && !isKey) problems.push({ path, line: line(node.start), text: `the core may not say \`${word}\`` });
    });
  }
  return problems;
}
