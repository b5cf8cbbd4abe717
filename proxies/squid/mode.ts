export type SquidMode = 'forward' | 'inspect' | 'splice' | 'accelerator';

/** Whether it looks into the TLS that CONNECT brings. */
export const bumps = (mode: SquidMode | undefined): boolean => mode === 'inspect' || mode === 'splice';
