/** Owns: the recommended port with its reason, what standards and articles say side by side, and the provider's own words. */
import {
  monthOf,
  opinions,
  tlsWords,
  type Opinion,
  type Recommended,
} from '#renderer/model/probeDetailViews.ts'
import { shownName } from '#renderer/model/tls.ts'
import { Chip } from '#renderer/ui/Chip.tsx'
import { OutsideLink } from '#renderer/ui/OutsideLink.tsx'
import { ReferenceLink } from '#renderer/ui/ReferenceLink.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Views.module.css'

function Voice({ title, said }: { title: string; said: readonly Opinion[] }) {
  if (said.length === 0) return null
  return (
    <div className={styles.voice}>
      <h3>{title}</h3>
      {said.map(({ who, says, date, href }) => (
        <figure key={`${who} ${date}`}>
          <blockquote>{says}</blockquote>
          <figcaption>
            {href === undefined ? <ReferenceLink text={who} /> : <OutsideLink href={href}>{who}</OutsideLink>}
            <time dateTime={date}>{monthOf(date)}</time>
          </figcaption>
        </figure>
      ))}
    </div>
  )
}

function Provider({ provider }: { provider: NonNullable<Recommended['provider']> }) {
  const { name, agrees, says, checked, source } = provider
  return (
    <div className={styles.voice}>
      <h3>{name} says</h3>
      <figure>
        <blockquote>{says}</blockquote>
        <figcaption>
          <ToneIcon tone={agrees ? 'good' : 'warn'} word={agrees ? 'Agrees' : 'Names something else'} />
          {source.startsWith('https://') ? (
            <OutsideLink href={source}>Source</OutsideLink>
          ) : (
            <span>{source}</span>
          )}
          <span>checked {monthOf(checked)}</span>
        </figcaption>
      </figure>
    </div>
  )
}

export function RecommendationViews({ recommendation }: { recommendation: Recommended }) {
  const { port, tls, reason, provider } = recommendation
  const { standards, articles } = opinions(recommendation)
  const several = standards.length + articles.length + (provider ? 1 : 0) > 0
  return (
    <section className={styles.views} aria-label="Recommendation">
      <div className={styles.head}>
        <h2>Port {port}</h2>
        <Chip tone={tls === 'opportunistic' ? 'plain' : 'sealed'} {...(tls === 'opportunistic' ? {} : { icon: 'lock' as const })}>
          {tlsWords[tls]}
        </Chip>
        <p>{shownName(reason)}</p>
      </div>
      {several && (
        <div className={styles.voices}>
          <Voice title="The articles say" said={articles} />
          <Voice title="Today’s standard says" said={standards} />
          {provider && <Provider provider={provider} />}
        </div>
      )}
    </section>
  )
} // prettier-ignore
