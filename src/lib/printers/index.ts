/** How kubectl prints: tables, columns, YAML, JSON, names, templates; and how it sorts. */
export { layOut, oneLine, runes, type Laid, type Spacing } from './columns.ts';
export { outputFormat, withText, type OutputFormat } from './format.ts';
export { goDump, goValue } from './govalue.ts';
export { executeJsonPath, jsonPathValues, JsonPathError } from './jsonpath/index.ts';
export { customColumns, indentedJson, printObject, type PrintOptions } from './print.ts';
export { naturalLess, sortObjects, sortTable } from './sort.ts';
export { headerCells, isTable, labelText, rowCells, type Table, type TableColumn, type TableOptions, type TableRow } from './table.ts';
