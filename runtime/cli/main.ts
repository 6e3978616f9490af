#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { run } from './run.js';
import { flushed, processTerminal } from './terminal.js';

// A command but `start` runs most of its code a few times only, on as few cores as there are. V8 optimises code that is hot; from a
// higher threshold on, that takes half the CPU of a large `generate`. Measured on Node 20 to 24; an unknown flag is ignored.
if (process.argv[2] !== 'start') setFlagsFromString('--interrupt-budget=1000000');

const terminal = processTerminal();
const exitCode = await run(process.argv.slice(2), terminal);
await Promise.all([flushed(terminal.stdout), flushed(terminal.stderr)]);
// Kept-alive connections to services would hold the process for seconds more.
process.exit(exitCode);
