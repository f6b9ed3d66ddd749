import { geoMercator, geoPath } from 'd3-geo'
import type { FeatureCollection, Polygon } from 'geojson'
import { type AreaShape, mapSize } from '#lib/map/area.ts'
import vastmanland from '#lib/map/vastmanland.geojson?raw'

type Properties = Readonly<{ code: string; name: string; label_lon: number; label_lat: number }>

const margin = 6

/** The county whose outlines we have: that of the agreement. */
export const drawnCounty = '19'

/**
 * The ten municipalities of Västmanland as SVG outlines. Drawn once, on the server: the browser gets the outlines and neither the
 * geography nor the library.
 */
export const countyShapes: readonly AreaShape[] = draw(
  JSON.parse(vastmanland) as FeatureCollection<Polygon, Properties>,
)

function draw(county: FeatureCollection<Polygon, Properties>): AreaShape[] {
  const projection = geoMercator().fitExtent(
    [
      [margin, margin],
      [mapSize.width - margin, mapSize.height - margin],
    ],
    // RFC 7946 winds outlines the other way round than d3-geo, which would take each for the rest of the globe.
    { ...county, features: county.features.map(rewound) },
  )
  const path = geoPath(projection).digits(1)
  return county.features.map((feature) => {
    const { code, name, label_lon, label_lat } = feature.properties
    const [x, y] = projection([label_lon, label_lat]) ?? [0, 0]
    return { code, name, path: path(rewound(feature)) ?? '', x: Math.round(x), y: Math.round(y) }
  })
}

function rewound<Feature extends FeatureCollection<Polygon, Properties>['features'][number]>(
  feature: Feature,
): Feature {
  const { coordinates } = feature.geometry
  return { ...feature, geometry: { ...feature.geometry, coordinates: coordinates.map((ring) => ring.toReversed()) } }
}
