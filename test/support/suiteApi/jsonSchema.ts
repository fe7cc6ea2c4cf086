/**
 * Owns: holding a value against a schema of the API's own document, by the keywords that the document uses (JSON Schema
 * 2020-12). A keyword that is not known here is an error, so that nothing passes unlooked at.
 */
type Schema = Record<string, unknown>
type Check = (value: unknown, arg: never, schema: Schema, at: string, whole: Schema) => string[]

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const typeOf: Record<string, (value: unknown) => boolean> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  null: (value) => value === null,
}
const unless = (right: boolean, words: string): string[] => (right ? [] : [words])
/** Of each alternative, what is wrong with it. */
const triedBy = (value: unknown, many: Schema[], at: string, whole: Schema): string[][] =>
  many.map((one) => schemaProblems(value, one, whole, at))
const right = (tried: string[][]): number => tried.filter((problems) => problems.length === 0).length

const checks: Record<string, Check> = {
  description: () => [],
  type: (value, types: string | string[], _, at) => unless([types].flat().some((type) => typeOf[type]?.(value) === true), `${at} is no ${String(types)}`),
  format: (value, format: string, _, at) => unless(format === 'date-time' && !Number.isNaN(Date.parse(String(value))), `${at} is no ${format}`),
  pattern: (value, pattern: string, _, at) => unless(typeof value !== 'string' || new RegExp(pattern, 'u').test(value), `${at} is not ${pattern}`),
  minimum: (value, least: number, _, at) => unless(Number(value) >= least, `${at} is less than ${least}`),
  maximum: (value, most: number, _, at) => unless(Number(value) <= most, `${at} is more than ${most}`),
  minLength: (value, least: number, _, at) => unless(String(value).length >= least, `${at} is shorter than ${least}`),
  maxLength: (value, most: number, _, at) => unless(String(value).length <= most, `${at} is longer than ${most}`),
  enum: (value, known: unknown[], _, at) => unless(known.includes(value), `${at} is none of ${known.join()}`),
  const: (value, wanted: unknown, _, at) => unless(value === wanted, `${at} is not ${String(wanted)}`),
  items: (value, item: Schema, _, at, whole) => (Array.isArray(value) ? value.flatMap((one, i) => schemaProblems(one, item, whole, `${at}[${i}]`)) : []),
  required: (value, names: string[], _, at) => (isObject(value) ? names.filter((name) => !Object.hasOwn(value, name)).map((name) => `${at}.${name} is missing`) : []),
  properties: (value, shape: Record<string, Schema>, _, at, whole) =>
    isObject(value) ? Object.entries(shape).flatMap(([name, one]) => (Object.hasOwn(value, name) ? schemaProblems(value[name], one, whole, `${at}.${name}`) : [])) : [],
  additionalProperties: (value, more: boolean | Schema, { properties = {} }, at, whole) => {
    const others = isObject(value) ? Object.keys(value).filter((name) => !Object.hasOwn(properties as object, name)) : []
    if (typeof more === 'boolean') return more ? [] : others.map((name) => `${at}.${name} is not in the document`)
    return others.flatMap((name) => schemaProblems((value as Schema)[name], more, whole, `${at}.${name}`))
  },
  anyOf: (value, many: Schema[], _, at, whole) => {
    const tried = triedBy(value, many, at, whole)
    return unless(right(tried) > 0, `${at} fits none: ${JSON.stringify(tried).slice(0, 500)}`)
  },
  oneOf: (value, many: Schema[], _, at, whole) => unless(right(triedBy(value, many, at, whole)) === 1, `${at} does not fit exactly one`),
  $ref: (value, target: string, _, at, whole) => {
    const found = target.slice(2).split('/').reduce<unknown>((place, name) => (place as Schema | undefined)?.[name], whole)
    return isObject(found) ? schemaProblems(value, found, whole, at) : [`${target} leads nowhere`]
  },
} // prettier-ignore

/** What is wrong with the value, in words; `whole` is the document that references lead into. */
export const schemaProblems = (value: unknown, schema: Schema, whole: Schema, at = '$'): string[] =>
  Object.entries(schema).flatMap(
    ([keyword, arg]) =>
      checks[keyword]?.(value, arg as never, schema, at, whole) ?? [`${keyword} is not known to this check`],
  )
