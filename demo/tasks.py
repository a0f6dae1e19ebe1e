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

Kind = Literal["flow", "stock", "rate"]


@dataclass(frozen=True)
class Task:
    """One quantity a bureau reports: December values of 2020–2023; None = not reported in that year."""

    code: str
    bureau: str
    label: str
    unit: str
    kind: Kind
    december: tuple[float, float | None, float | None, float]
    decimals: int = 0
    share: tuple[float, ...] = paths.EVEN_SHARE
    annual: bool = False
    goal: str = ""


EVEN, LATE, EARLY = paths.EVEN_SHARE, paths.LATE_SHARE, paths.EARLY_SHARE

TASKS: tuple[Task, ...] = (
    Task("new_four_above", "tjj", "新增“四上”企业", "家", "flow", (0, 33, 39, 41), share=LATE),
    # --- people ---
    Task("jobs", "rsj", "城镇新增就业", "人", "flow", (0, 8640, 9086, 8712), share=EARLY),
    Task("skilled", "rsj", "新增技能人才", "人", "flow", (0, 8120, 9178, 7035)),
    Task("highly_skilled", "rsj", "新增高技能人才", "人", "flow", (0, 3310, 4034, 2745), share=LATE),
    Task("rural_jobs", "rsj", "农村劳动力转移就业", "人", "flow", (0, 412, 356, 318)),
    Task("no_job_households", "rsj", "零就业家庭", "户", "stock", (0, 0, 0, 0)),
    Task("posts", "rsj", "开发优质岗位", "个", "flow", (0, None, 1742, 1985), goal="1960个以上"),
    Task("talents", "rsj", "引进各类人才", "人", "flow", (0, None, 202, 864), share=LATE, goal="1000人以上"),
    Task("talent_pool", "rsj", "新入“洹泉涌流人才库”", "人", "flow", (0, None, 247, 312), goal="300人以上"),
    Task("talent_flats", "rsj", "新增人才公寓", "套", "flow", (0, None, 355, 500), share=LATE, goal="500套"),
    # --- science ---
    Task("high_tech_firms", "kjj", "新增国家高新技术企业", "家", "flow", (0, 8, 11, 7), share=LATE),
    Task("tech_smes", "kjj", "国家级科技型中小企业", "家", "stock", (31, 37, 45, 53)),
    Task("provincial_centres", "kjj", "省级工程技术研究中心", "家", "flow", (0, 1, 2, 3), share=LATE),
    Task("city_centres", "kjj", "市级工程技术研究中心", "家", "flow", (0, 5, 7, 5), share=LATE),
    Task("tech_contracts", "kjj", "技术合同登记额", "亿元", "flow", (0, 1.18, 1.33, 1.62), decimals=2),
    Task("major_science", "kjj", "科技重大专项和“揭榜挂帅”项目", "个", "flow", (0, 1, 1, 2), share=LATE),
    Task("tech_needs", "kjj", "企业技术需求对接", "项", "flow", (0, 14, 17, 22)),
    Task("new_platforms", "kjj", "新增市级以上研发平台", "家", "flow", (0, 5, 6, 7), share=LATE),
    Task("platforms", "kjj", "省市研发平台数量", "家", "stock", (21, 26, 32, 39), share=LATE),
    Task("rd_growth", "kjj", "全社会研发经费投入增速", "%", "rate", (0, 26.1, 25.3, 24.6), decimals=1, annual=True),
    # --- projects ---
    Task("key_investment", "fgw", "区级重点项目完成投资", "亿元", "flow", (0, 118.26, 137.45, 163.72), decimals=2),
    Task("landmark_investment", "fgw", "标志性项目完成投资", "亿元", "flow", (0, None, None, 33.18), decimals=2),
    Task("city_key_investment", "fgw", "省市重点项目完成投资", "亿元", "flow", (0, 54.2, 63.0, 58.9), decimals=1),
    Task("signed", "fgw", "“签约一批”项目", "个", "flow", (0, 9, 10, 22)),
    Task("started", "fgw", "“开工一批”项目", "个", "flow", (0, 22, 27, 24), share=EARLY),
    Task("in_production", "fgw", "“投产一批”项目", "个", "flow", (0, 28, 37, 19), share=LATE),
    Task("landmark_started", "fgw", "重大标志性项目开工", "个", "flow", (0, None, None, 7), share=EARLY),
    # --- trade bureau ---
    Task("projects_100m", "swj", "引进亿元以上项目", "个", "flow", (0, 33, 39, 36)),
    Task("projects_1bn", "swj", "10亿元以上项目", "个", "flow", (0, 4, 5, 4), share=LATE),
    Task("projects_500m", "swj", "5亿元以上项目", "个", "flow", (0, 10, 13, 12)),
    # --- industry ---
    Task("new_industry_firms", "gxj", "新增规模以上工业企业", "家", "flow", (0, None, 11, 12), goal="10家以上"),
    Task("little_giants", "gxj", "国家级专精特新“小巨人”企业", "家", "flow", (0, None, 1, 1), share=LATE, goal="1-2家"),
    Task("specialised_firms", "gxj", "省级“专精特新”企业", "家", "flow", (0, None, 3, 4), share=LATE, goal="3家"),
    # --- building ---
    Task("old_compounds", "zjj", "老旧小区连片改造", "个", "flow", (0, None, 82, 82), share=LATE, goal="82个"),
    Task("compound_households", "zjj", "老旧小区改造户数", "户", "flow", (0, None, 7532, 7416), share=LATE),
    Task("compound_area", "zjj", "老旧小区改造面积", "万平方米", "flow", (0, None, 70.69, 68.12), 2, LATE),
    Task("road_projects", "zjj", "市政道路重点项目开工", "个", "flow", (0, None, 12, 13), share=EARLY, goal="14个"),
    Task("rebuilding", "zjj", "拆旧建新项目开工", "个", "flow", (0, None, 6, 7), share=EARLY, goal="7个"),
    # --- countryside ---
    Task(
        "grain", "nyj", "粮食产量", "万吨", "flow", (0, None, 5.11, 5.06), decimals=2, annual=True, goal="稳定在5万吨"
    ),
    Task("leading_farms", "nyj", "市级农业产业化龙头企业", "家", "stock", (7, 8, 8, 9), share=LATE, goal="9家"),
    Task("improved_villages", "nyj", "人居环境整治村", "个", "flow", (0, None, 24, 30), goal="30个"),
    Task("greened_villages", "nyj", "主干道绿化村", "个", "flow", (0, None, 31, 37), share=EARLY, goal="40个"),
    Task("tao_villages", "nyj", "人居环境示范区桃村", "个", "flow", (0, None, None, 5), share=LATE, goal="5个"),
    # --- schools, roads, counters, zone ---
    Task("school_projects", "jtyj", "学校建设项目开工", "个", "flow", (0, None, 4, 5), share=EARLY, goal="5个"),
    Task("schools_built", "jtyj", "新建改扩建学校", "所", "flow", (0, None, 11, 8), share=LATE),
    Task("school_places", "jtyj", "新增学位", "个", "flow", (0, None, 8820, 5640), share=LATE),
    Task(
        "rural_logistics", "jtj", "农村物流服务网络覆盖率", "%", "rate", (71, 78.4, 90.6, 100), decimals=1, goal="100%"
    ),
    Task("windows", "zwfwj", "综合窗口设置率", "%", "rate", (28, 35.7, 42.9, 57.1), decimals=1, goal="不低于50%"),
    Task("street_services", "zwfwj", "街道现场办理事项", "个", "stock", (128, 142, 156, 173), goal="不低于170个"),
    Task(
        "town_services", "zwfwj", "镇现场办理事项", "个", "stock", (181, 196, 211, 226), share=LATE, goal="不低于230个"
    ),
    Task(
        "industrial_land", "kfqgwh", "产业用地占比", "%", "rate", (55.2, 56.3, 57.8, 59.4), decimals=1, goal="不低于60%"
    ),
    # --- finance ---
    Task("deposits", "jrj", "各项存款余额", "亿元", "stock", (268.41, 286.17, 305.24, 327.62), 2, EARLY),
    Task("loans", "jrj", "各项贷款余额", "亿元", "stock", (163.92, 176.48, 190.35, 206.58), 2, EARLY),
    Task("listing_reserve", "jrj", "省定重点上市后备企业", "家", "stock", (1, 1, 2, 3), share=LATE),
    # --- budget ---
    Task("livelihood", "czj", "民生支出", "万元", "flow", (0, 71240, 75000, 79310), share=paths.SPENDING_SHARE),
    Task("special_bonds", "czj", "争取专项债券资金", "万元", "flow", (0, 62400, 85700, 71300), share=EARLY),
)


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


def _months(task: Task, seed: int, year: int, december: float, place: int) -> dict[int, float]:
    if task.annual:
        return {12: december}
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
        for month in range(1, 13):
            spending = figures.get("spending.level", DISTRICT, year, month)
            share = paths.rounded(figures.get("livelihood", DISTRICT, year, month) / spending * 100, 1)
            figures.add("livelihood.share", DISTRICT, year, month, share)
