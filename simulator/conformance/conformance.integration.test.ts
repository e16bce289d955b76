import { curlWay } from './curl-way.ts';
import { socketWay } from './socket-way.ts';
import { forEachWay } from './suites.ts';

forEachWay([socketWay, curlWay]);
