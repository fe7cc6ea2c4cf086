/** Owns: what a server offers before TLS and inside it, with what is new, changed or gone, sign-in and size first. */
import { useState } from 'react'
import type { PortResult } from '#shared/rpc/contract/probeReport.ts'
import { type OfferList, offersOf } from '#renderer/model/probeDetailOffers.ts'
import { Chip } from '#renderer/ui/Chip.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import styles from './Offers.module.css'
import { Facts, Note, Panel } from './Panel.tsx'

function Gone({ keyword }: { keyword: string }) {
  return (
    <span className={styles.gone}>
      <Icon name="close" size="xs" />
      {keyword}
      <span className="visuallyHidden">, not offered any more</span>
    </span>
  )
}

/** Chips shown before the rest is asked for; a usual server offers a dozen. */
const chipsAtOnce = 24

function List({ list }: { list: OfferList }) {
  const tone = list.sealed ? 'sealed' : 'open'
  const [all, setAll] = useState(false)
  const chips = all ? list.chips : list.chips.slice(0, chipsAtOnce)
  return (
    <div className={cx(styles.list, styles[tone])}>
      <h4>
        <Icon name={list.sealed ? 'lock' : 'eye'} size="xs" />
        {list.title}
      </h4>
      <ul>
        {chips.map(({ text, change, important, about }, place) => (
          <li key={`${place} ${text}`} title={about}>
            <Chip mono tone={change !== 'none' ? 'sealed' : important ? 'accent' : 'plain'} {...(change === 'none' ? {} : { icon: change === 'new' ? 'plus' : 'edit' })}>
              {text}
              {change !== 'none' && <span className="visuallyHidden">, {change === 'new' ? 'new' : 'changed'} inside TLS</span>}
            </Chip>
          </li>
        ))}
        {list.gone.slice(0, chipsAtOnce).map((keyword, place) => (
          <li key={`gone ${place}`}>
            <Gone keyword={keyword} />
          </li>
        ))}
        {list.gone.length > chipsAtOnce && (
          <li className={styles.soft}>and {list.gone.length - chipsAtOnce} more gone</li>
        )}
        {list.chips.length > chipsAtOnce && (
          <li>
            <LinkButton expanded={all} onPress={() => setAll(!all)}>
              {all ? 'fewer' : `and ${list.chips.length - chipsAtOnce} more`}
            </LinkButton>
          </li>
        )}
        {list.chips.length === 0 && <li className={styles.soft}>nothing</li>}
      </ul>
    </div>
  )
} // prettier-ignore

export function OfferDetail({ result }: { result: PortResult }) {
  const offers = offersOf(result)
  return (
    <Panel title="What it offers" icon="list">
      {offers ? (
        <>
          <Facts facts={offers.facts} />
          <div className={styles.lists}>
            {offers.lists.map((list) => (
              <List key={list.title} list={list} />
            ))}
          </div>
        </>
      ) : (
        <Note tone="neutral">It was not asked, or did not answer EHLO.</Note>
      )}
    </Panel>
  )
}
