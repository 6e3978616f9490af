#!/usr/bin/env node
import { run } from './run.js';
import { flushed, processTerminal } from './terminal.js';

const terminal = processTerminal();
const exitCode = await run(process.argv.slice(2), terminal);
await Promise.all([flushed(terminal.stdout), flushed(terminal.stderr)]);
// Kept-alive connections to services would hold the process for seconds more.
process.exit(exitCode);
