#!/usr/bin/env python3
"""Turns public stops and truck routes into plan files, so that tests play real places and real routes.

    Tests/RealRoutes/convert.py --routes tainan_refuse_routes.csv --stops taitung_stops.csv --out DIR
        [--route-count 12] [--date 2026-11-22] [--seed 1]

Reads (UTF-8 CSV with a header):
  --routes   route_id, district_zh, stop_seq, stop_id, stop_name_zh, schedule_hhmm, lat, lng: the timetable
             of refuse trucks, each route a truck's day. The first --route-count routes by id are taken.
  --stops    id, category, name_zh, district_zh, address_zh, lat, lng: single public places. Those on the
             two islands are left out (no road leads there). They are dealt out by district and position to
             routes of at most 30 stops.
Either may be left out. Writes DIR/tainan.csv and DIR/taitung.csv, each a plan file (see PlanFile in
Sources/LuckyModel/Import), and prints one line of JSON: per file its name, routes and stops.

Customers, orders, prices and payments are drawn from --seed: the same arguments give the same bytes.
Phone numbers are fictitious. Needs nothing but Python 3.8 or later.
"""
import argparse
import csv
import json
import os
import random
import sys

COLUMNS = ("date depot route driver sequence stop customer phone address lat lng window items price payment "
           "note vehicle capacity_kg").split()
# Code, NT$, how often out of 100: as the depot's customers hold them.
PRODUCTS = [("20kg", 950, 54), ("50kg", 2375, 24), ("16kg", 760, 11), ("haoyun16", 780, 5), ("4kg", 220, 4),
            ("ying20", 980, 1), ("10kg", 475, 1)]
PAYMENTS = [("cash", 55), ("monthly", 33), ("transfer", 8), ("check", 4)]
SURNAMES = "林陳黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐"
TITLES = ["先生", "小姐", "太太", "阿姨"]
NOTES = ["", "", "", "", "到了請先打電話", "門鈴壞了，請敲門", "放後門", "二樓, 沒有電梯", '說「瓦斯來了」就好']
ISLANDS = {"綠島鄉", "蘭嶼鄉"}


def weighted(rng, table):
    return rng.choices(table, weights=[row[-1] for row in table])[0]


def order(rng):
    """Items as a plan file has them, and their price in NT$."""
    counts = {}
    for _ in range(1 if rng.random() < 0.85 else 2):
        code, price, _weight = weighted(rng, PRODUCTS)
        counts[code] = (counts.get(code, (0, 0))[0] + rng.choices([1, 2, 3, 4], weights=[60, 28, 8, 4])[0], price)
    items = "+".join(f"{code}*{count}" for code, (count, _) in counts.items())
    return items, sum(count * price for count, price in counts.values())


def window(hhmm):
    """The two hours around a planned time; empty where the source gives none or an odd one."""
    try:
        hour = int(hhmm.split(":")[0])
    except ValueError:
        return ""
    return f"{hour:02d}:00-{hour + 2:02d}:00" if 0 <= hour <= 22 else ""


def row(rng, args, depot, route, driver, sequence, stop, address, lat, lng, hours):
    items, price = order(rng)
    return {
        "date": args.date, "depot": depot, "route": route, "driver": driver, "sequence": sequence, "stop": stop,
        "customer": rng.choice(SURNAMES) + rng.choice(TITLES),
        "phone": f"0900-000-{rng.randrange(1000):03d}",
        "address": address, "lat": lat, "lng": lng, "window": hours, "items": items, "price": price,
        "payment": weighted(rng, PAYMENTS)[0], "note": rng.choice(NOTES), "vehicle": f"V-{driver}",
        "capacity_kg": 8000,
    }


def tainan(args):
    """Truck routes as they are: order and times from the timetable."""
    routes = {}
    with open(args.routes, encoding="utf-8-sig", newline="") as file:
        for source in csv.DictReader(file):
            routes.setdefault(source["route_id"], []).append(source)
    names = sorted(routes)[:args.route_count]
    if len(names) < args.route_count:
        sys.exit(f"{args.routes}: {len(names)} routes, {args.route_count} wanted")
    rng = random.Random(f"tainan {args.seed}")
    for number, name in enumerate(names, 1):
        # Numbers have holes where the source left stops out: count again.
        stops = sorted(routes[name], key=lambda source: int(source["stop_seq"]))
        for sequence, source in enumerate(stops, 1):
            yield row(rng, args, "TNN", name, f"tnn-{number:02d}", sequence, f"{name}-{source['stop_id']}",
                      f"臺南市{source['district_zh']}{source['stop_name_zh']}", source["lat"], source["lng"],
                      window(source["schedule_hhmm"]))


def taitung(args):
    """Single places dealt out to routes: by district, then always on to the nearest."""
    districts = {}
    with open(args.stops, encoding="utf-8-sig", newline="") as file:
        for source in csv.DictReader(file):
            if source["district_zh"] not in ISLANDS:
                districts.setdefault(source["district_zh"] or "不明", []).append(source)
    rng = random.Random(f"taitung {args.seed}")
    number = 0
    for district in sorted(districts):
        left = sorted(districts[district], key=lambda source: source["id"])
        while left:
            number += 1
            here = min(left, key=lambda source: (float(source["lat"]), float(source["lng"]), source["id"]))
            for sequence in range(1, 31):
                if not left:
                    break
                here = min(left, key=lambda source: (
                    (float(source["lat"]) - float(here["lat"])) ** 2
                    + (float(source["lng"]) - float(here["lng"])) ** 2, source["id"]))
                left.remove(here)
                yield row(rng, args, "TTT", f"{district}-{number:02d}", f"ttt-{number:02d}", sequence, here["id"],
                          f"{here['address_zh']}（{here['name_zh']}）", here["lat"], here["lng"],
                          rng.choice(["", "0", "1", "2", "08:00-10:00", "10:00-12:00"]))


def write(path, rows):
    """The plan file, and what to say about it."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return {"file": path, "routes": len({each["route"] for each in rows}), "stops": len(rows)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--routes")
    parser.add_argument("--stops")
    parser.add_argument("--out", required=True)
    parser.add_argument("--route-count", type=int, default=12)
    parser.add_argument("--date", default="2026-11-22")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if not args.routes and not args.stops:
        parser.error("give --routes, --stops or both")
    os.makedirs(args.out, exist_ok=True)
    made = []
    if args.routes:
        made.append(write(os.path.join(args.out, "tainan.csv"), list(tainan(args))))
    if args.stops:
        made.append(write(os.path.join(args.out, "taitung.csv"), list(taitung(args))))
    print(json.dumps(made, ensure_ascii=False))


if __name__ == "__main__":
    main()
