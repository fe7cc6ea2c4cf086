/** Owns: what a case of a finding is: something that triggers it, and something alike and healthy that does not. */
import type { Finding } from '#shared/diagnosis/finding.ts'
import type { FindingCode } from '#shared/diagnosis/codes.ts'

export interface Case {
  code: FindingCode
  trigger(): readonly Pick<Finding, 'code' | 'evidence' | 'message' | 'next'>[]
  healthy(): readonly Pick<Finding, 'code'>[]
}
