import { scimConformance } from './suite.ts';
import { overHttp } from './transport.ts';

scimConformance('over HTTP to the core', overHttp);
