/** Owns: the variables of a message that are known without being given, and telling whether a text uses one. */

/** `n` is the number of the message in its run, `to` the list of recipients as typed. */
export const builtInVariables = ['n', 'date', 'uuid', 'to'] as const

const builtIn = new RegExp(`\\{\\{ *(?:${builtInVariables.join('|')}) *\\}\\}`, 'u')

/** Some text holds `{{n}}` or another of them. */
export const usesBuiltIn = (text: string): boolean => builtIn.test(text)
