with

verdicts as (

    select * from {{ ref('int_target_verdicts_reached') }}

),

spoken as (

    select
        verdicts.*,
        targets.region_code,
        targets.wording,
        replace(replace(rtrim(targets.wording, '。'), '“', '‘'), '”', '’') as quoted,
        targets.judged_reason,
        targets.judged_reason_en,
        targets.milestone,
        targets.milestone_en,
        verdicts.limit_shape is null
        and targets.effective_bound not in ('not_assessable', 'project_set') as is_without_rule,
        coalesce(verdicts.due_month, verdicts.actual_reference_month) as absent_month,
        absences.missing_names,
        absences.missing_names_en,
        rank_sets.rank_set_name,
        rank_sets.rank_set_name_en,
        case when others.region_code <> targets.measured_region_code then others.region_name else '' end
        || other_indicators.indicator_name as compare_subject,
        case when others.region_code <> targets.measured_region_code then others.region_name_en || ', ' else '' end
        || other_indicators.indicator_name_en as compare_subject_en,
        verdicts.figure_value - verdicts.compare_figure as difference,
        regions.region_name || indicators.indicator_name as subject,
        regions.region_name_en || ', ' || indicators.indicator_name_en as subject_en,
        measured_regions.region_name as measured_region_name,
        measured_regions.region_name_en as measured_region_name_en,
        bureaus.bureau_name,
        bureaus.bureau_name_en,
        units.unit_symbol,
        units.unit_symbol_en,
        coalesce(figure_units.unit_symbol, '') as figure_symbol,
        coalesce(figure_units.unit_symbol_en, '') as figure_symbol_en,
        coalesce(gap_units.unit_symbol, '') as gap_symbol,
        coalesce(gap_units.unit_symbol_en, '') as gap_symbol_en,
        {{ period_zh('verdicts.measure', 'verdicts.actual_period_start', 'verdicts.actual_reference_month') }}
            as period_zh,
        {{ period_en('verdicts.measure', 'verdicts.actual_period_start', 'verdicts.actual_reference_month') }}
            as period_en,
        {{ printed('verdicts.figure_value', 'verdicts.figure_decimals') }} as figure,
        {{ printed('verdicts.judged_value', 'verdicts.judged_decimals') }} as judged_figure,
        {{ printed('verdicts.compare_figure', 'verdicts.figure_decimals') }} as compare_printed,
        {{ printed('abs(verdicts.figure_value - verdicts.compare_figure)', 'verdicts.figure_decimals') }}
            as difference_printed,
        {{ printed('abs(verdicts.limit_offset)', decimals_of('verdicts.limit_offset')) }} as offset_printed,
        {{ printed('verdicts.path_value', decimals_of('verdicts.path_value')) }} as path_figure,
        {{ printed('abs(verdicts.gap)', 'verdicts.judged_decimals') }} as distance,
        {{ printed('verdicts.target_value', decimals_of('verdicts.target_value')) }} as target_figure,
        {{ printed('verdicts.low_limit', decimals_of('verdicts.low_limit')) }} as low_figure,
        {{ printed('verdicts.high_limit', decimals_of('verdicts.high_limit')) }} as high_figure
    from verdicts
    inner join {{ ref('stg_pack__targets') }} as targets
        on verdicts.target_id = targets.target_id and verdicts.target_version = targets.target_version
    left join {{ ref('int_regions_latest') }} as regions on targets.region_code = regions.region_code
    left join {{ ref('int_regions_latest') }} as measured_regions
        on targets.measured_region_code = measured_regions.region_code
    left join {{ ref('stg_pack__indicators') }} as indicators on targets.indicator_code = indicators.indicator_code
    left join {{ ref('stg_pack__indicator_measures') }} as measures
        on targets.indicator_code = measures.indicator_code and targets.measure = measures.measure
    left join {{ ref('stg_pack__bureaus') }} as bureaus
        on coalesce(measures.source_bureau_code, targets.lead_bureau_code) = bureaus.bureau_code
    left join {{ ref('stg_pack__units') }} as units on verdicts.unit_code = units.unit_code
    left join {{ ref('stg_pack__units') }} as gap_units on verdicts.gap_unit = gap_units.unit_code
    left join {{ ref('stg_pack__units') }} as figure_units on verdicts.figure_unit_code = figure_units.unit_code
    left join {{ ref('stg_pack__rank_sets') }} as rank_sets on targets.rank_set_code = rank_sets.rank_set_code
    left join {{ ref('int_regions_latest') }} as others
        on coalesce(targets.compare_region_code, targets.measured_region_code) = others.region_code
    left join {{ ref('stg_pack__indicators') }} as other_indicators
        on targets.compare_indicator_code = other_indicators.indicator_code
    left join {{ ref('int_target_absences_named') }} as absences
        on
            verdicts.target_id = absences.target_id
            and verdicts.target_version = absences.target_version
            and verdicts.reference_month = absences.reference_month

),

limited as (

    select
        spoken.*,
        {{ reason_limit_zh() }} as limit_zh,
        {{ reason_limit_en() }} as limit_en,
        {{ reason_band_zh() }} as band_zh,
        {{ reason_band_en() }} as band_en
    from spoken

),

phrased as (

    select
        limited.*,
        {{ reason_figure_zh() }} as figure_zh,
        {{ reason_figure_en() }} as figure_en,
        {{ reason_gap_zh() }} as gap_zh,
        {{ reason_gap_en() }} as gap_en,
        {{ reason_notes_zh() }} as notes_zh,
        {{ reason_notes_en() }} as notes_en
    from limited

),

final as (

    select
        target_id,
        target_version,
        reference_month,
        {{ reason_sentence_zh() }} as status_reason,
        {{ reason_sentence_en() }} as status_reason_en
    from phrased

)

select * from final
