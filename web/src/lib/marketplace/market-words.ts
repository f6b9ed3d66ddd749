import { m } from '#lib/i18n.ts'
import { paths } from '#lib/paths.ts'

export type Noun = 'offer' | 'request'

/** What the lists of offers and those of requests say, and where they lead. Everything else about them is written once. */
export const marketWords = {
  offer: {
    all: paths.offers,
    mine: paths.myOffers,
    add: paths.newOffer,
    title: m.offers_title,
    lead: m.offers_lead,
    addLabel: m.offer_new,
    views: m.offers_views,
    allLabel: m.offers_all,
    mineLabel: m.offers_mine,
    count: m.offers_count,
    countAll: m.offers_count,
    most: m.sort_most_left,
    searchLeast: m.search_least_left,
    pages: m.offers_pages,
    noneFound: m.offers_none_found,
    noneFoundAbout: m.offers_none_found_about,
    showAll: m.offers_show_all,
    showGroup: m.offers_show_group,
    none: m.offers_none,
    noneAbout: m.offers_none_about,
    mineNone: m.offers_mine_none,
    mineNoneAbout: m.offers_mine_none_about,
  },
  request: {
    all: paths.requests,
    mine: paths.myRequests,
    add: paths.newRequest,
    title: m.requests_title,
    lead: m.requests_lead,
    addLabel: m.request_new,
    views: m.requests_views,
    allLabel: m.requests_all,
    mineLabel: m.requests_mine,
    count: m.requests_count,
    /** Said where no filter on hours leaves out what is covered. */
    countAll: m.requests_count_all,
    most: m.sort_most_lacking,
    searchLeast: m.search_least_lacking,
    pages: m.requests_pages,
    noneFound: m.requests_none_found,
    noneFoundAbout: m.requests_none_found_about,
    showAll: m.requests_show_all,
    showGroup: m.requests_show_group,
    none: m.requests_none,
    noneAbout: m.requests_none_about,
    mineNone: m.requests_mine_none,
    mineNoneAbout: m.requests_mine_none_about,
  },
} as const
