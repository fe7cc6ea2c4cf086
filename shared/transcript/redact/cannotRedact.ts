/** Owns: the one error of redaction. Its message is for a person. */

/** What was to be hidden cannot be hidden safely, so that nothing is given out. */
export class CannotRedact extends Error {}
