/** Owns: what stands below a finding: how sure it is, the events that prove it, and its code. */
import type { EventOf } from '#shared/transcript/event.ts'
import { ConfidenceBars } from './ConfidenceBars.tsx'
import { CopyCode } from './CopyCode.tsx'
import { LinkButton } from './LinkButton.tsx'

/** More are in the dialogue. */
const proofs = 4

export interface FindingProofsProps extends Pick<EventOf<'finding'>, 'confidence' | 'evidence' | 'code'> {
  className?: string | undefined
  /** Opens the dialogue at an event. */
  onOpen: (seq: number) => void
}

export function FindingProofs({ confidence, evidence, code, className, onOpen }: FindingProofsProps) {
  return (
    <div className={className}>
      {confidence !== 'certain' && <ConfidenceBars confidence={confidence} />}
      {evidence.slice(0, proofs).map((seq) => (
        <LinkButton key={seq} onPress={() => onOpen(seq)}>{`Event ${seq}`}</LinkButton>
      ))}
      <CopyCode code={code} />
    </div>
  )
}
