/** Owns: what an EHLO reply offers, each with its meaning and the RFC; the ways of signing in one by one. */
import type { Offer } from '#renderer/model/explanation.ts'
import styles from './Inspector.module.css'
import { Meanings } from './Meanings.tsx'
import { ReferenceLink } from '#renderer/ui/ReferenceLink.tsx'
import { Section } from './Section.tsx'

export function OffersSection({ offers }: { offers: readonly Offer[] }) {
  return (
    <Section title="What the server offers" aside={<span>{offers.length}</span>}>
      <dl>
        {offers.map(({ text, words, reference, mechanisms }, place) => (
          <div key={place} className={styles.offer}>
            <dt>
              {text}
              {reference && (
                <small>
                  <ReferenceLink text={reference} />
                </small>
              )}
            </dt>
            <dd>
              {words}
              {mechanisms.length > 0 && <Meanings meanings={mechanisms} />}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
