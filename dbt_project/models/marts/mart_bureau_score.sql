with

parts as (

    select
        counted.*,
        100.0 * reports_on_time / reports_due as timeliness_pct,
        case when figures_due > 0 then 100.0 * figures_reported / figures_due end as completeness_pct,
        greatest(
            0.0,
            100.0
            - {{ parameter('score_points_critical', 20) }} * critical_incidents
            - {{ parameter('score_points_warning', 2) }} * warning_incidents
            - {{ parameter('score_points_revision', 1) }} * revision_count
        ) as quality_pct,
        case when questions_asked > 0 then 100.0 * questions_answered / questions_asked end as answered_pct
    from {{ ref('int_bureau_months_counted') }} as counted

),

final as (

    select
        bureau_code,
        reference_month,
        cast(reports_due as integer) as reports_due,
        cast(reports_on_time as integer) as reports_on_time,
        timeliness_pct,
        cast(figures_due as integer) as figures_due,
        cast(figures_reported as integer) as figures_reported,
        completeness_pct,
        cast(critical_incidents as integer) as critical_incidents,
        cast(warning_incidents as integer) as warning_incidents,
        cast(revision_count as integer) as revision_count,
        quality_pct,
        cast(questions_asked as integer) as questions_asked,
        cast(questions_answered as integer) as questions_answered,
        answered_pct,
        {{ weighted_mean({
            'timeliness_pct': ('score_weight_timeliness', 40),
            'completeness_pct': ('score_weight_completeness', 30),
            'quality_pct': ('score_weight_quality', 20),
            'answered_pct': ('score_weight_answered', 10)
        }) }} as score,
        is_simulated
    from parts

)

select * from final
