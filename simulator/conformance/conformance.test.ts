import { inProcessWay } from './in-process-way.ts';
import { forEachWay } from './suites.ts';

forEachWay([inProcessWay]);
