import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Authentication } from '../../config/model/service-instance.js';
import type { SettingsOverrides } from '../../config/settings.js';
import { createRuntime, localPrincipal, type Runtime } from '../../runtime/index.js';

/** An installation in a temporary data folder, and how to bring services into it. */
export interface Installation {
  readonly data: string;
  readonly runtime: Runtime;
  /** Another runtime on the same store, as a second node would be. Closed with the installation. */
  secondNode(): Promise<Runtime>;
  /** Saves a REST instance with this description; private hosts are the ones that its servers name. */
  connect(name: string, descriptor: object, authentication?: Authentication, keys?: object): Promise<void>;
  close(): Promise<void>;
}

/** @param settings what differs from a silent installation with the defaults */
export async function install(settings: SettingsOverrides = {}): Promise<Installation> {
  const data = await mkdtemp(join(tmpdir(), 'smartwright-test-'));
  const start = () => createRuntime({ data, logLevel: 'silent', ...settings });
  const runtime = await start();
  const open = [runtime];
  return {
    data,
    runtime,
    async secondNode() {
      const node = await start();
      open.push(node);
      return node;
    },
    async connect(name, descriptor, authentication = { mode: 'none' }, more = {}) {
      const file = join(data, `${name}.json`);
      await writeFile(file, JSON.stringify(descriptor));
      const keys = { descriptor: file, ...more };
      const allowedHosts = ['127.0.0.1'];
      const instance = { kind: 'ServiceInstance', name, type: 'rest', authentication, keys, allowedHosts };
      await runtime.admin.save(instance, localPrincipal);
    },
    async close() {
      for (const node of open) await node.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}
