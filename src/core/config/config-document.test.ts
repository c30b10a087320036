import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Config } from '#shared/contract/config.ts';
import { CONFIG_VERSION, migrateConfigDocument, patchConfigDocument, readConfigDocument } from './config-document.ts';
import { DEFAULT_CONFIG } from './default-config.ts';

describe('the document in mooring.json', () => {
  it('means the defaults when it is empty', () => {
    expect(readConfigDocument({})).toEqual({ config: DEFAULT_CONFIG, problems: [] });
  });

  it('means a valid configuration, whatever is in it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('volumes', 'libraries', 'log', 'other'), fc.anything()), (document) => {
        expect(Config.safeParse(readConfigDocument(document).config).success).toBe(true);
      }),
    );
  });

  it('names each value that it cannot use', () => {
    const { config, problems } = readConfigDocument({ volumes: { prompt: 'yes', includeSystem: true }, log: 7 });
    expect(problems).toEqual(['“volumes.prompt” cannot be "yes"', '“log” is not an object']);
    expect(config.volumes).toMatchObject({ prompt: true, includeSystem: true });
  });

  it('keeps unknown keys at every level when it is changed', () => {
    const document = { version: 1, a: { b: 1 }, volumes: { future: [1], prompt: true } };
    expect(patchConfigDocument(document, { volumes: { prompt: false }, log: { level: 'debug' } })).toEqual({
      version: 1,
      a: { b: 1 },
      volumes: { future: [1], prompt: false },
      log: { level: 'debug' },
    });
  });

  it('is brought to the present version, and left alone when it is of a newer one', () => {
    expect(migrateConfigDocument({ log: { level: 'warn' } })).toEqual({ version: CONFIG_VERSION, log: { level: 'warn' } });
    for (const version of [-1e308, -1, 0.5, 1e308, 'x', null])
      expect(migrateConfigDocument({ version, log: { level: 'warn' } })).toEqual({ version: CONFIG_VERSION, log: { level: 'warn' } });
    const newer = { version: CONFIG_VERSION + 1, log: { level: 'warn' } };
    expect(migrateConfigDocument(newer)).toBe(newer);
    expect(patchConfigDocument(newer, { log: { level: 'info' } }).version).toBe(CONFIG_VERSION + 1);
  });
});
