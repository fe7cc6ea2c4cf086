/** Owns: how a request is refused before anything is done. */
import { z } from 'zod'

/** What is wrong with one field of a request: the field's path, the value, what would be right. */
export const FieldProblem = z.object({ field: z.string(), value: z.string(), message: z.string() })
export type FieldProblem = z.infer<typeof FieldProblem>
