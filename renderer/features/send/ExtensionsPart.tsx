/** Owns: which extensions the transfer uses, what the server is known to offer of them, and what SIZE declares. */
import type { Draft } from '#renderer/model/compose.ts'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { Switch } from '#renderer/ui/Switch.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { SheetPart } from './FormSheet.tsx'
import styles from './FormSheet.module.css'
import { useDraft, useProblem } from './useDraft.ts'
import { useOffer } from './useOffers.ts'

const threeWays = [
  { value: 'auto', label: 'As needed' },
  { value: 'on', label: 'Always' },
  { value: 'off', label: 'Never' },
] as const
const sizeModes = [
  { value: 'auto', label: 'The true size' },
  { value: 'set', label: 'Another' },
  { value: 'off', label: 'Not at all' },
] as const

/** What the extension does, and whether this server has it. */
function Hint({ words, keyword }: { words: string; keyword: string }) {
  const offer = useOffer(keyword)
  if (!offer.known) return words
  return (
    <>
      {words} <span className={offer.offered ? '' : styles.waived}>{offer.offered ? 'Offered here.' : 'Not offered by this server.'}</span>
    </>
  ) // prettier-ignore
}

function Switches() {
  const { draft, change } = useDraft()
  return (
    <>
      <Switch selected={draft.pipelining} onChange={(pipelining) => change({ pipelining })} hint={<Hint words="Several commands before the first reply." keyword="PIPELINING" />}>
        PIPELINING
      </Switch>
      <Switch selected={draft.chunking} onChange={(chunking) => change({ chunking })} hint={<Hint words="BDAT in place of DATA and its dot." keyword="CHUNKING" />}>
        CHUNKING
      </Switch>
    </>
  )
} // prettier-ignore

export function ExtensionsPart() {
  const { draft, change } = useDraft()
  const problem = useProblem('size')
  return (
    <SheetPart name="Transfer">
      <Switches />
      <div className={styles.pair}>
        <Segmented<Draft['eightBitMime']> label="8BITMIME" stretch value={draft.eightBitMime} options={threeWays} onChange={(eightBitMime) => change({ eightBitMime })} />
        <Segmented<Draft['smtputf8']> label="SMTPUTF8" stretch value={draft.smtputf8} options={threeWays} onChange={(smtputf8) => change({ smtputf8 })} />
      </div>
      <div className={styles.pair} data-field="size">
        <Segmented<Draft['sizeMode']> label="SIZE declares" stretch value={draft.sizeMode} options={sizeModes} onChange={(sizeMode) => change({ sizeMode }, 'size')} />
        {draft.sizeMode === 'set' && (
          <TextField label="Octets, true or not" mono inputMode="numeric" placeholder="100000000" value={draft.size} onChange={(size) => change({ size }, 'size')} error={problem} />
        )}
      </div>
      {problem && draft.sizeMode !== 'set' && <p className={styles.problem}>{problem}</p>}
    </SheetPart>
  )
} // prettier-ignore
