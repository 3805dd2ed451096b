import type { FilterNode } from './ast.ts';

/** Writes a filter so that parsing it gives the same tree again. */
export function printFilter(filter: FilterNode): string {
  switch (filter.kind) {
    case 'or':
      return filter.operands.map(printFilter).join(' or ');
    case 'and':
      return filter.operands.map(printOperandOfAnd).join(' and ');
    case 'not':
      return `not (${printFilter(filter.operand)})`;
    case 'present':
      return `${filter.path} pr`;
    case 'compare':
      return `${filter.path} ${filter.operator} ${JSON.stringify(filter.value)}`;
    case 'valuePath':
      return `${filter.path}[${printFilter(filter.filter)}]`;
  }
}

function printOperandOfAnd(operand: FilterNode): string {
  return operand.kind === 'or' ? `(${printFilter(operand)})` : printFilter(operand);
}
