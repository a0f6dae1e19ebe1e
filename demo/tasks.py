"""What 北关区's own bureaus count: jobs, firms, projects, loans, flats — the plan's tasks, year by year.

December 2022 repeats the figures printed in the plan text where a bureau carries them. 2023 is invented so that
promises are kept, missed, on the way and behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from demo import paths
from demo.figures import Figures
from demo.paths import stream
from demo.places import DISTRICT

Kind = Literal["flow", "stock", "rate", "growth"]
When = Literal["monthly", "quarterly", "annual"]


@dataclass(frozen=True)
class Task:
    """One quantity a bureau reports: December values of 2020–2023; None = not reported in that year."""

    code: str
    bureau: str
    label: str
    unit: str
    kind: Kind
    december: tuple[float | None, ...]
    decimals: int = 0
    share: tuple[float, ...] = paths.EVEN_SHARE
    when: When = "monthly"
    goal: str = ""


EVEN, LATE, EARLY = paths.EVEN_SHARE, paths.LATE_SHARE, paths.EARLY_SHARE

TASKS: tuple[Task, ...] = (
    Task("new_four_above", "tjj", "新增“四上”企业", "家", "flow", (0, 33, 39, 41), 0, LATE),
    # --- people ---
    Task("jobs", "rsj", "城镇新增就业", "人", "flow", (0, 8640, 9086, 8712), 0, EARLY),
    Task("skilled", "rsj", "新增技能人才", "人", "flow", (0, 8120, 9178, 7035)),
    Task("highly_skilled", "rsj", "新增高技能人才", "人", "flow", (0, 3310, 4034, 2745), 0, LATE),
    Task("rural_jobs", "rsj", "农村劳动力转移就业", "人", "flow", (0, 412, 356, 318)),
    Task("no_job_families", "rsj", "零就业家庭", "户", "stock", (0, 0, 0, 0), when="quarterly"),
    Task("posts", "rsj", "开发优质岗位", "个", "flow", (0, None, 1742, 1985), goal="1960个以上"),
    Task("talents", "rsj", "引进各类人才", "人", "flow", (0, None, 202, 864), 0, LATE, goal="1000人以上"),
    Task("talent_pool", "rsj", "新入“洹泉涌流人才库”", "人", "flow", (0, None, 247, 312), goal="300人以上"),
    Task("flats_built", "rsj", "建成人才公寓", "套", "flow", (0, None, 355, None), goal="-"),
    Task("flats_new", "rsj", "新增人才公寓", "套", "flow", (0, None, None, 500), 0, LATE, goal="500套"),
    # --- science ---
    Task("high_tech_firms", "kjj", "新增国家高新技术企业", "家", "flow", (0, 8, 11, 7), 0, LATE),
    Task("new_tech_smes", "kjj", "新增国家科技型中小企业", "家", "flow", (0, 6, 8, 8), 0, LATE),
    Task("tech_smes", "kjj", "国家级科技型中小企业", "家", "stock", (31, 37, 45, 53)),
    Task("provincial_centres", "kjj", "省级工程技术研究中心", "家", "flow", (0, 1, 2, 3), 0, LATE),
    Task("city_centres", "kjj", "市级工程技术研究中心", "家", "flow", (0, 5, 7, 5), 0, LATE),
    Task("tech_contracts", "kjj", "技术合同登记额", "亿元", "flow", (0, 1.18, 1.33, 1.62), 2),
    Task("major_science", "kjj", "科技重大专项和“揭榜挂帅”项目", "个", "flow", (0, 1, 1, 2), 0, LATE),
    Task("tech_needs", "kjj", "企业技术需求对接", "项", "flow", (0, 14, 17, 22)),
    Task("new_platforms", "kjj", "新增市级以上研发平台", "家", "flow", (0, 5, 6, 7), 0, LATE),
    Task("platforms", "kjj", "省市研发平台数量", "家", "stock", (21, 26, 32, 39), 0, LATE),
    Task("rd_coverage", "kjj", "规上工业企业研发活动覆盖率", "%", "rate", (71.4, 88.6, 100, 100), 1),
    Task("rd_growth", "kjj", "全社会研发经费投入", "%", "growth", (0, 26.1, 25.3, 24.6), 1, when="annual"),
    # --- projects ---
    Task("key_investment", "fgw", "区级重点项目完成投资", "亿元", "flow", (0, 118.26, 137.45, 163.72), 2),
    Task("landmark_investment", "fgw", "标志性项目完成投资", "亿元", "flow", (0, None, None, 33.18), 2),
    Task("city_key_projects", "fgw", "省市重点项目", "个", "stock", (21, 21, 23, 25)),
    Task("city_key_investment", "fgw", "省市重点项目完成投资", "亿元", "flow", (0, 54.2, 63.0, 58.9), 1),
    Task("signed", "fgw", "“签约一批”项目", "个", "flow", (0, 9, 10, 22), when="quarterly"),
    Task("started", "fgw", "“开工一批”项目", "个", "flow", (0, 22, 27, 24), 0, EARLY, "quarterly"),
    Task("in_production", "fgw", "“投产一批”项目", "个", "flow", (0, 28, 37, 19), 0, LATE, "quarterly"),
    # --- trade bureau ---
    Task("projects_100m", "swj", "引进亿元以上项目", "个", "flow", (0, 33, 39, 36), when="quarterly"),
    Task("projects_1bn", "swj", "其中：10亿元以上项目", "个", "flow", (0, 4, 5, 4), 0, LATE, "quarterly"),
    Task("projects_500m", "swj", "5亿元以上项目", "个", "flow", (0, 10, 13, 12), when="quarterly"),
    # --- industry ---
    Task("new_industry_firms", "gxj", "新增规模以上工业企业", "家", "flow", (0, None, 11, 12), goal="10家以上"),
    Task("little_giants", "gxj", "国家级专精特新“小巨人”企业", "家", "flow", (0, None, 1, 1), 0, LATE, goal="1-2家"),
    Task("specialised_firms", "gxj", "省级“专精特新”企业", "家", "flow", (0, None, 3, 4), 0, LATE, goal="3家"),
    Task("technology_centres", "gxj", "新认定省级企业技术中心", "家", "flow", (0, None, 3, 2), 0, LATE),
    # --- building ---
    Task("old_compounds", "zjj", "老旧小区连片改造", "个", "flow", (0, None, 82, 82), 0, LATE, goal="82个"),
    Task("compound_households", "zjj", "老旧小区改造户数", "户", "flow", (0, None, 7532, 7416), 0, LATE),
    Task("compound_area", "zjj", "老旧小区改造面积", "万平方米", "flow", (0, None, 70.69, 68.12), 2, LATE),
    Task("road_projects", "zjj", "市政道路重点项目（已开工）", "个", "stock", (0, None, 0, 14), 0, EARLY, goal="14个"),
    Task("property_companies", "zjj", "老旧小区物业公司覆盖率", "%", "rate", (64, 73.5, 84.2, 100), 1, goal="全覆盖"),
    # --- countryside ---
    Task("grain", "nyj", "粮食产量", "万吨", "flow", (0, None, 5.11, 5.06), 2, when="annual", goal="稳定在5万吨"),
    Task("leading_farms", "nyj", "市级农业产业化龙头企业", "家", "stock", (7, 8, 8, 9), 0, LATE, goal="9家"),
    Task("improved_villages", "nyj", "人居环境整治村", "个", "flow", (0, None, 24, 30), goal="30个"),
    Task("greened_villages", "nyj", "主干道绿化村", "个", "flow", (0, None, 31, 37), 0, EARLY, goal="40个"),
    Task("tao_villages", "nyj", "人居环境示范区桃村", "个", "flow", (0, None, None, 5), 0, LATE, goal="5个"),
    Task("model_villages", "nyj", "省级改善农村人居环境示范村", "个", "flow", (0, None, 6, 5), 0, LATE),
    Task("pilot_villages", "nyj", "市级乡村振兴试点村", "个", "flow", (0, None, 4, 4), 0, LATE),
    # --- schools, roads, counters, hospital ---
    Task("schools_built", "jtyj", "新建改扩建学校", "所", "flow", (0, None, 11, 8), 0, LATE),
    Task("school_places", "jtyj", "新增学位", "个", "flow", (0, None, 8820, 5640), 0, LATE),
    Task("rural_logistics", "jtj", "农村物流服务网络覆盖率", "%", "rate", (71, 78.4, 90.6, 100), 1, goal="100%"),
    Task("windows", "zwfwj", "综合窗口设置率", "%", "rate", (28, 35.7, 42.9, 57.1), 1, goal="不低于50%"),
    Task("street_services", "zwfwj", "街道现场办理事项", "个", "stock", (128, 142, 156, 173), goal="不低于170个"),
    Task("town_services", "zwfwj", "镇现场办理事项", "个", "stock", (181, 196, 211, 226), 0, LATE, goal="不低于230个"),
    Task("hospital", "wjw", "区人民医院主体建成", "个", "flow", (0, None, None, 1), 0, LATE, goal="年底前建成主体"),
    # --- red lines: one event and the year is lost ---
    Task("straw_fires", "sthjj", "秸秆焚烧火点", "起", "flow", (0, None, None, 1), 0, LATE, goal="全域禁烧"),
    Task("loose_coal", "sthjj", "散煤燃用", "起", "stock", (0, None, None, 0), goal="动态清零"),
    Task("accidents", "yjglj", "重特大安全生产事故", "起", "flow", (0, None, None, 0), goal="坚决遏制"),
    Task("mass_casualties", "yjglj", "群死群伤事件", "起", "flow", (0, None, None, 0), goal="不发生"),
    Task("poverty_relapse", "xczxj", "规模性返贫", "起", "flow", (0, None, None, 0), goal="不发生"),
    # --- finance ---
    Task("deposits", "jrj", "各项存款余额", "亿元", "stock", (268.41, 286.17, 305.24, 327.62), 2, EARLY),
    Task("loans", "jrj", "各项贷款余额", "亿元", "stock", (163.92, 176.48, 190.35, 206.58), 2, EARLY),
    Task("listing_reserve", "jrj", "省定重点上市后备企业", "家", "stock", (1, 1, 2, 3), 0, LATE),
    Task("financial_risks", "jrj", "区域性系统性金融风险", "起", "flow", (0, None, None, 0), when="quarterly"),
    # --- budget ---
    Task("livelihood", "czj", "民生支出", "万元", "flow", (0, 71240, 75000, 79310), 0, paths.SPENDING_SHARE),
    Task("special_bonds", "czj", "争取专项债券资金", "万元", "flow", (0, 62400, 85700, 71300), 0, EARLY),
    Task("hidden_debt", "czj", "新增地方政府隐性债务", "万元", "flow", (0, None, None, 0), when="quarterly"),
)
CITY_KEY_PLAN = {2021: 45.0, 2022: 48.46, 2023: 55.6}


def tasks_of(bureau: str) -> tuple[Task, ...]:
    """The tasks of one bureau, in the order of its form."""
    return tuple(task for task in TASKS if task.bureau == bureau)


def add_task_figures(figures: Figures, seed: int) -> None:
    """Add the months of every task, then what follows from them."""
    for task in TASKS:
        for place, year in enumerate((2021, 2022, 2023), start=1):
            if (december := task.december[place]) is not None:
                figures.add_year(task.code, DISTRICT, year, _months(task, seed, year, december, place))
    _add_loan_ratios(figures)
    _add_livelihood_share(figures)
    _add_project_sums(figures)


def _months(task: Task, seed: int, year: int, december: float, place: int) -> dict[int, float]:
    if task.when == "annual":
        return {12: december}
    path = _path(task, seed, year, december, place)
    return {month: value for month, value in path.items() if task.when == "monthly" or month % 3 == 0}


def _path(task: Task, seed: int, year: int, december: float, place: int) -> dict[int, float]:
    rng = stream(seed, task.code, year)
    if task.kind == "flow":
        return paths.cumulative_path(rng, december, task.share, task.decimals)
    start = task.december[place - 1]
    return paths.stock_path(rng, december if start is None else start, december, task.share, task.decimals)


def _add_loan_ratios(figures: Figures) -> None:
    before = {"deposits": 268.41, "loans": 163.92}
    for year in (2021, 2022, 2023):
        for month in range(1, 13):
            now = {code: figures.get(code, DISTRICT, year, month) for code in before}
            change = {code: paths.rounded(now[code] - before[code], 2) for code in before}
            for code, value in change.items():
                figures.add(f"{code}.change", DISTRICT, year, month, value)
            figures.add("loan_ratio", DISTRICT, year, month, paths.rounded(now["loans"] / now["deposits"] * 100, 1))
            if change["deposits"] > 0 and change["loans"] > 0:
                ratio = paths.rounded(change["loans"] / change["deposits"] * 100, 1)
                figures.add("new_loan_ratio", DISTRICT, year, month, ratio)
        before = now


def _add_livelihood_share(figures: Figures) -> None:
    for year in (2021, 2022, 2023):
        for month in range(2, 13):
            spending = figures.get("spending.level", DISTRICT, year, month)
            share = paths.rounded(figures.get("livelihood", DISTRICT, year, month) / spending * 100, 1)
            figures.add("livelihood.share", DISTRICT, year, month, share)


def _add_project_sums(figures: Figures) -> None:
    for year in (2021, 2022, 2023):
        for month in (3, 6, 9, 12):
            batches = sum(figures.get(code, DISTRICT, year, month) for code in ("signed", "started", "in_production"))
            figures.add("batches", DISTRICT, year, month, batches)
        for month, invested in figures.year("city_key_investment", DISTRICT, year).items():
            completion = paths.rounded(invested / CITY_KEY_PLAN[year] * 100, 1)
            figures.add("city_key_completion", DISTRICT, year, month, completion)
