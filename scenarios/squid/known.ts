import type { Scenario } from '../../harness/model.js';

/** Without `http_upgrade_request_protocols`. */
export const dropsUpgrade = {
  'opening/upgrade': {
    outcome: 'fail',
    because: 'Squid without http_upgrade_request_protocols drops Upgrade, which is hop-by-hop',
  },
  'opening/headers-kept': {
    outcome: 'fail',
    because:
      'Squid without http_upgrade_request_protocols drops Upgrade and puts its own Connection in its place',
  },
} satisfies Scenario['expect'];

/** With it. */
export const comparesCase = {
  'opening/case-insensitive': {
    outcome: 'fail',
    because: 'Squid compares the names of http_upgrade_request_protocols case-sensitively',
  },
} satisfies Scenario['expect'];
