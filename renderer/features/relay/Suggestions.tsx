/** Owns: what would let a refused attempt through, each tried on the same attempt; for a relayed one, how it goes on. */
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useServices } from '#renderer/flows/services.ts'
import { spelled } from '#renderer/model/inbox.ts'
import { stillRefused, thenRelayed } from '#renderer/model/relayTrace.ts'
import type { Looked, SuggestionOf } from '#renderer/stores/relay.ts'
import { Chip } from '#renderer/ui/Chip.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Suggestions.module.css'

/** In one row; the others are asked for. */
const firstShown = 3

function Words({
  suggestion: { title, because, relay },
  press = false,
}: {
  suggestion: SuggestionOf
  press?: boolean
}) {
  const then = spelled(relay ? thenRelayed(because) : stillRefused(because))
  return (
    <>
      <span className={cx(styles.title, relay ? styles.good : styles.bad)}>
        <ToneIcon tone={relay ? 'good' : 'bad'} spoken={!relay} />
        <span>
          {spelled(title)}
          {press && <span className="visuallyHidden">, look, then apply.</span>}
        </span>
        {press && (
          <span className={styles.onward}>
            <Icon name="right" size="xs" />
          </span>
        )}
      </span>
      <span className={styles.because} title={then}>
        {then}
      </span>
    </>
  )
}

function Card({ suggestion }: { suggestion: SuggestionOf }) {
  const { stores } = useServices()
  const { title, because, relay, policy } = suggestion
  if (!relay || policy === undefined)
    return (
      <li className={styles.card}>
        <Words suggestion={suggestion} />
      </li>
    )
  return (
    <li>
      <Button
        className={cx(styles.card, styles.press)}
        onPress={() => stores.relay.getState().set({ asks: { what: 'apply', title, because, policy } })}
      >
        <Words suggestion={suggestion} press />
      </Button>
    </li>
  )
}

function WayOn({ looked: { now } }: { looked: Looked }) {
  if (now === null) return null
  const { virtualMta, because, words } = now.wayOn
  return (
    <section className={styles.part} aria-label="How it goes on">
      <div className={styles.head}>
        <h2>How it goes on</h2>
        <span>
          {virtualMta === undefined ? 'by no virtual MTA' : `by ${virtualMta}`}: {because}
        </span>
      </div>
      <div className={styles.chips}>
        {words.map((one) => (
          <Chip key={one}>{one}</Chip>
        ))}
      </div>
    </section>
  )
}

export function Suggestions({ looked }: { looked: Looked }) {
  const [all, setAll] = useState(false)
  const { now, decision } = looked
  if (decision.relay) return <WayOn looked={looked} />
  if (now === null || now.suggestions.length === 0) return null
  const shown = all ? now.suggestions : now.suggestions.slice(0, firstShown)
  const more = now.suggestions.length - shown.length
  return (
    <section className={styles.part} aria-label="What would let it through">
      <div className={styles.head}>
        <h2>What would let it through</h2>
        <span>each tried on the same attempt; one with an arrow changes the rules</span>
        {(more > 0 || all) && now.suggestions.length > firstShown && (
          <LinkButton expanded={all} onPress={() => setAll(!all)}>
            {all ? 'Fewer' : `${more} more`}
          </LinkButton>
        )}
      </div>
      <ul className={styles.cards}>
        {shown.map((suggestion) => (
          <Card key={suggestion.title} suggestion={suggestion} />
        ))}
      </ul>
    </section>
  )
}
