import { scimConformance } from './suite.ts';
import { inProcess } from './transport.ts';

scimConformance('in the process of the core', inProcess);
