/** What of JSON Schema (2020-12) our own schema says; nothing else is understood. */
export interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | readonly string[];
  enum?: readonly unknown[];
  const?: unknown;
  required?: readonly string[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema;
  items?: Schema;
  minimum?: number;
  pattern?: string;
}

/** The first thing in the value that the schema does not allow, as `findings[3].outcome must be one of …`. */
export function firstProblem(value: unknown, schema: Schema, root = schema, at = ''): string | undefined {
  if (schema.$ref) return firstProblem(value, root.$defs![schema.$ref.replace('#/$defs/', '')]!, root, at);
  const name = at || 'it';
  if (schema.type !== undefined && ![schema.type].flat().some((type) => is(value, type)))
    return `${name} must be ${article([schema.type].flat())}, and is ${kind(value)}`;
  if ('const' in schema && value !== schema.const) return `${name} must be ${JSON.stringify(schema.const)}`;
  if (schema.enum && !schema.enum.includes(value))
    return `${name} must be one of ${schema.enum.join(', ')}, and is ${JSON.stringify(value)?.slice(0, 60)}`;
  if (typeof value === 'number' && schema.minimum !== undefined && value < schema.minimum)
    return `${name} must be at least ${schema.minimum}, and is ${value}`;
  if (typeof value === 'string' && schema.pattern && !new RegExp(schema.pattern, 'u').test(value))
    return `${name} must look like ${schema.pattern}, and is ${JSON.stringify(value.slice(0, 60))}`;
  if (Array.isArray(value))
    return (
      schema.items && firstOf(value.keys(), (i) => firstProblem(value[i], schema.items!, root, `${at}[${i}]`))
    );
  if (!is(value, 'object')) return undefined;
  const object = value as Record<string, unknown>;
  const missing = schema.required?.find((key) => !Object.hasOwn(object, key));
  if (missing !== undefined) return `${at ? `${at}.` : ''}${missing} is missing`;
  return firstOf(Object.keys(object), (key) => {
    const known = schema.properties && Object.hasOwn(schema.properties, key) && schema.properties[key];
    const rule = known || schema.additionalProperties;
    return rule && firstProblem(object[key], rule, root, step(at, key));
  });
}

function firstOf<T>(items: Iterable<T>, test: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const problem = test(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function is(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function kind(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'an array' : article([typeof value]);
}

function article(types: readonly string[]): string {
  return types.map((type) => `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}`).join(' or ');
}

function step(at: string, key: string): string {
  if (/^[A-Za-z_$][\w$]*$/.test(key)) return at ? `${at}.${key}` : key;
  return `${at}[${JSON.stringify(key.length > 80 ? `${key.slice(0, 80)}…` : key)}]`;
}
